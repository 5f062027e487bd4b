"""What every wire format offers to the pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from llm_gateway.domain.errors import GatewayError
from llm_gateway.domain.text import Path, Provenance, Segment, Skipped
from llm_gateway.domain.usage import Usage
from llm_gateway.wire import json_text


class Labelling(Protocol):
    """The labels of a body, made when they are first asked for: not every policy looks."""

    @property
    def segments(self) -> list[Segment]: ...

    @property
    def skipped(self) -> list[Skipped]: ...


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A request body whose types are checked, with its labels."""

    model: str
    stream: bool
    labels: Labelling

    @property
    def segments(self) -> list[Segment]:
        return self.labels.segments

    @property
    def skipped(self) -> list[Skipped]:
        return self.labels.skipped


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer body with its labels. `model` is what the provider says it used."""

    labels: Labelling
    usage: Usage | None
    model: str = ""

    @property
    def segments(self) -> list[Segment]:
        return self.labels.segments

    @property
    def skipped(self) -> list[Skipped]:
        return self.labels.skipped


class Delta(NamedTuple):
    """A piece of text inside a stream event.

    Deltas of one `channel` are one text (the content of choice 0, the arguments of its second tool
    call). `path` is where the piece stands in the event's JSON; empty when it cannot be edited there.
    `whole` marks a text that is complete in this event: nothing came before it, nothing will follow.
    `provenance` is the model's, but for what a provider repeats of the request.
    """

    channel: Path
    path: Path
    text: str
    whole: bool = False
    provenance: Provenance = Provenance.MODEL


class Frame(Protocol):
    """The bytes that carry one event: a server-sent event, an element of a streamed array."""

    @property
    def raw(self) -> bytes: ...

    @property
    def data(self) -> bytes: ...

    def with_data(self, data: bytes) -> bytes:
        """The raw bytes carrying other data."""
        ...


class StreamEvent(NamedTuple):
    """One event of a streamed answer.

    `value` is the parsed data, None for events without JSON. `last` marks the event after which the
    answer is complete; `failed` one in which the provider reports an error. No more text comes for
    channels that begin with one of `closed`.
    """

    frame: Frame
    value: Any = None
    deltas: tuple[Delta, ...] = ()
    usage: Usage | None = None
    model: str = ""
    last: bool = False
    failed: bool = False
    closed: tuple[Path, ...] = ()

    @property
    def raw(self) -> bytes:
        """Exactly what the provider sent."""
        return self.frame.raw

    def edited(self, edits: Mapping[Path, str]) -> bytes:
        """The raw event with the strings at the given paths replaced."""
        return self.frame.with_data(json_text.edit(self.frame.data, self.value, edits))


@dataclass(frozen=True, slots=True)
class ErrorBody:
    """A ready error answer in the client's dialect."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class StreamReader(Protocol):
    """A state machine over the bytes of one streamed answer; chunk borders carry no meaning."""

    def feed(self, chunk: bytes) -> list[StreamEvent]:
        """The events that are complete now. Raises UpstreamFailed on what is not a stream."""
        ...

    def end(self) -> list[StreamEvent]:
        """The provider closed: the events left over. Raises UpstreamFailed when cut short."""
        ...


class WireFormat(Protocol):
    """One API operation as clients speak it. Pure.

    `refuses` tells whether an answer can say no (`refusal`); where it cannot, a refusal is an error.
    """

    surface: str
    refuses: bool

    def read_request(self, body: Any) -> ReadRequest:
        """Raises BadRequest when a field has the wrong type."""
        ...

    def read_answer(self, body: Any) -> ReadAnswer:
        """Raises UpstreamFailed when the body is not an answer of this format."""
        ...

    def stream_reader(self) -> StreamReader: ...

    def error(self, error: GatewayError, request_id: str) -> ErrorBody:
        """Any error as this format's clients expect it."""
        ...

    def stream_error(self, error: GatewayError, request_id: str) -> bytes:
        """The bytes that end a running stream so that clients raise."""
        ...

    def refusal(self, message: str, request_id: str, model: str, created: int) -> bytes:
        """A complete answer that says no, finish reason content_filter."""
        ...

    def stream_refusal(
        self, message: str, request_id: str, model: str, created: int, *, started: bool
    ) -> bytes:
        """The bytes that end a stream (or are all of it) with finish reason content_filter."""
        ...
