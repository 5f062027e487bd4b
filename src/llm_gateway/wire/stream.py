"""What the streams of server-sent events have in common.

    OPEN    events arrive, the answer is not complete
    DONE    the end of the answer, or an error, was seen; whatever follows is still labelled

A format says what an event's JSON means; this says what an event is.
"""

from abc import ABC, abstractmethod
from enum import Enum, auto
from typing import Any, NoReturn

from llm_gateway.domain.errors import BadRequest, UpstreamFailed
from llm_gateway.wire import json_text
from llm_gateway.wire.format import Delta, StreamEvent
from llm_gateway.wire.sse import SseEvent, SseSplitter, parse_event


class State(Enum):
    OPEN = auto()
    DONE = auto()


class SseReader(ABC):
    """Feed bytes, get labelled events. Chunk borders carry no meaning."""

    def __init__(self) -> None:
        self._splitter = SseSplitter()
        self.state = State.OPEN

    def feed(self, chunk: bytes) -> list[StreamEvent]:
        """The events that are complete now. Raises UpstreamFailed on what is not such a stream."""
        return [self._read(event) for event in self._splitter.feed(chunk)]

    def end(self) -> list[StreamEvent]:
        """The provider closed. Raises UpstreamFailed when no end of the answer was seen."""
        rest = self._splitter.rest
        events = [self._read(parse_event(rest))] if rest else []
        if self.state is State.OPEN:
            truncated()
        return events

    def _read(self, event: SseEvent) -> StreamEvent:
        read = self._read_data(event)
        if not event.other:
            return read
        aside = Delta(("", event.other[:64]), (), event.other, True)
        return StreamEvent(
            event,
            read.value,
            (*read.deltas, aside),
            read.usage,
            read.model,
            read.last,
            read.failed,
            read.closed,
        )

    def _read_data(self, event: SseEvent) -> StreamEvent:
        if not event.data:
            return StreamEvent(event)
        if event.data.strip() == b"[DONE]":
            return self.read_done(event)
        return self.read_value(event, parse_data(event.data))

    def read_done(self, event: SseEvent) -> StreamEvent:
        """The event `[DONE]`, with which OpenAI's formats end."""
        self.state = State.DONE
        return StreamEvent(event, last=True)

    @abstractmethod
    def read_value(self, event: SseEvent, value: dict[str, Any]) -> StreamEvent:
        """An event with an object as data."""


def parse_data(data: bytes) -> dict[str, Any]:
    """The object that an event carries. Raises UpstreamFailed when it is none."""
    try:
        value = json_text.parse(data)
    except BadRequest as error:
        raise UpstreamFailed(
            "The provider sent a stream event that is not valid JSON.",
            code="upstream_invalid_answer",
            detail=error.message,
        ) from None
    if type(value) is not dict:
        raise UpstreamFailed(
            "The provider sent a stream event that is not an object.", code="upstream_invalid_answer"
        )
    return value


def truncated() -> NoReturn:
    """Raises the error for a stream that was cut short."""
    raise UpstreamFailed(
        "The provider's stream ended before the answer was complete.", code="upstream_truncated"
    )
