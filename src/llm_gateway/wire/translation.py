"""Translation between the four formats, both ways: requests, answers, streams and errors.

    there = Translation("anthropic_messages", "openai_chat")        the client's, the provider's
    there.request(body, model="gpt-5.4", stream=True)          what to send, and what was left out
    there.answer(body, created=now)                            what to give back
    there.stream_reader(request_id, created=now, count=True)   the provider's bytes as the client's events
    there.error(status, raw, request_id)                       the provider's error in the client's dialect

Everything goes through the one canonical conversation of domain/conversation.py. Bodies must have been
read by their format first: its types are relied upon.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import orjson

from llm_gateway.domain.conversation import Answer, Conversation, Ended, Piece, Started, Stop, Stopped
from llm_gateway.domain.errors import BadRequest, GatewayError, UpstreamFailed
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.anthropic_messages import parse_request as anthropic_parse
from llm_gateway.wire.anthropic_messages import translate_answer as anthropic_answer
from llm_gateway.wire.anthropic_messages import translate_stream as anthropic_stream
from llm_gateway.wire.anthropic_messages import write_request as anthropic_write
from llm_gateway.wire.format import ErrorBody, StreamEvent, StreamReader
from llm_gateway.wire.formats import FORMATS
from llm_gateway.wire.gemini import parse_request as gemini_parse
from llm_gateway.wire.gemini import translate_answer as gemini_answer
from llm_gateway.wire.gemini import translate_stream as gemini_stream
from llm_gateway.wire.gemini import write_request as gemini_write
from llm_gateway.wire.openai_chat import parse_request as chat_parse
from llm_gateway.wire.openai_chat import translate_answer as chat_answer
from llm_gateway.wire.openai_chat import translate_stream as chat_stream
from llm_gateway.wire.openai_chat import write_request as chat_write
from llm_gateway.wire.openai_responses import parse_request as responses_parse
from llm_gateway.wire.openai_responses import translate_answer as responses_answer
from llm_gateway.wire.openai_responses import translate_stream as responses_stream
from llm_gateway.wire.openai_responses import write_request as responses_write
from llm_gateway.wire.writing import AnswerWriter, Writer

MESSAGE_LENGTH = 500

# What comes of taking a value for what it is not. Formats check the types they act on when they read a
# body; a provider's answer, and what lies deeper, may still be anything.
_MISSHAPEN = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class PieceReader(Protocol):
    """Events of one format as canonical pieces; one per stream."""

    def pieces(self, event: StreamEvent) -> Iterable[Piece]: ...


class PieceWriter(Protocol):
    """Canonical pieces as the bytes of one format; one per stream."""

    def write(self, piece: Piece) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Codec:
    """How one format is translated."""

    parse_request: Callable[[Mapping[str, Any]], Conversation]
    write_request: Callable[[Conversation, Writer], dict[str, Any]]
    parse_answer: Callable[[Mapping[str, Any]], Answer]
    write_answer: Callable[[Answer, AnswerWriter, int], dict[str, Any]]
    pieces: Callable[[], PieceReader]


CODECS: Mapping[str, Codec] = {
    "openai_chat": Codec(
        chat_parse.parse_request,
        chat_write.write_request,
        chat_answer.parse_answer,
        chat_answer.write_answer,
        chat_stream.ChatPieces,
    ),
    "openai_responses": Codec(
        responses_parse.parse_request,
        responses_write.write_request,
        responses_answer.parse_answer,
        responses_answer.write_answer,
        responses_stream.ResponsePieces,
    ),
    "anthropic_messages": Codec(
        anthropic_parse.parse_request,
        anthropic_write.write_request,
        anthropic_answer.parse_answer,
        anthropic_answer.write_answer,
        anthropic_stream.MessagePieces,
    ),
    "gemini_generate": Codec(
        gemini_parse.parse_request,
        gemini_write.write_request,
        gemini_answer.parse_answer,
        gemini_answer.write_answer,
        gemini_stream.GenerateChunks,
    ),
}


@dataclass(frozen=True, slots=True)
class Translated:
    """A body in the other format. `dropped` names what was left out because it changes no answer."""

    body: dict[str, Any]
    dropped: tuple[str, ...]


class Translation:
    """From a client's format to a provider's, and back. Names are those of wire/formats.py."""

    def __init__(self, client: str, provider: str, *, older_limit: bool = False) -> None:
        """`older_limit` for chat providers that know only `max_tokens`, not `max_completion_tokens`."""
        self.client = client
        self.provider = provider
        self._older_limit = older_limit and provider == "openai_chat"
        self._wire = client.removesuffix("_array")
        self._from, self._to = CODECS[self._wire], CODECS[provider]

    def request(self, body: Mapping[str, Any], *, model: str, stream: bool) -> Translated:
        """The provider's body. Raises BadRequest naming the first field that cannot be carried over."""
        writer = Writer(self._wire, self.provider)
        try:
            conversation = replace(self._from.parse_request(body), model=model, stream=stream)
            written = self._to.write_request(conversation, writer)
        except _MISSHAPEN as error:
            raise BadRequest(
                "The request has a part of the wrong type, deeper than its types are checked.",
                code="invalid_type",
                detail=repr(type(error)),
            ) from error
        if self._older_limit and "max_completion_tokens" in written:
            written["max_tokens"] = written.pop("max_completion_tokens")
        return Translated(written, tuple(writer.dropped))

    def answer(self, body: Mapping[str, Any], *, created: int) -> Translated:
        """The client's body for the provider's answer. `created` is in seconds since 1970."""
        writer = AnswerWriter(self.provider, self._wire)
        try:
            written = self._from.write_answer(self._to.parse_answer(body), writer, created)
        except _MISSHAPEN as error:
            raise misshapen(error) from error
        return Translated(written, tuple(writer.dropped))

    def stream_reader(self, request_id: str, *, created: int, count: bool) -> StreamReader:
        """Reads the provider's stream and gives events in the client's format.

        `count` says whether a chat client asked for usage (`stream_options.include_usage`).
        """
        return TranslatingReader(self, request_id, created=created, count=count)

    def error(self, status: int, raw: bytes, request_id: str) -> ErrorBody:
        """The provider's error answer in the client's dialect."""
        return FORMATS[self.client].error(provider_error(status, raw), request_id)

    def piece_reader(self) -> PieceReader:
        """The provider's events as pieces."""
        return self._to.pieces()

    def piece_writer(self, *, created: int, count: bool) -> PieceWriter:
        """Pieces as the client's bytes."""
        if self._wire == "gemini_generate":
            return gemini_stream.GenerateEvents(created, count=count, array=self.client != self._wire)
        if self._wire == "anthropic_messages":
            return anthropic_stream.MessageEvents(created, count=count)
        if self._wire == "openai_responses":
            return responses_stream.ResponseEvents(created, count=count)
        return chat_stream.ChatEvents(created, count=count)


class TranslatingReader:
    """A stream reader of the client's format over the provider's bytes. Feed bytes, get labelled events."""

    def __init__(self, translation: Translation, request_id: str, *, created: int, count: bool) -> None:
        self._provider = FORMATS[translation.provider].stream_reader()
        self._client = FORMATS[translation.client].stream_reader()
        self._pieces = translation.piece_reader()
        self._writer = translation.piece_writer(created=created, count=count)
        self._format = FORMATS[translation.client]
        self._id = request_id
        self._idle = b"" if translation.client.endswith("_array") else b":\n\n"
        self._started = self._stopped = self._ended = self._begun = False
        self._usage: Usage | None = None

    def feed(self, chunk: bytes) -> list[StreamEvent]:
        """The events that are complete now. Raises UpstreamFailed on what is no stream of the provider's."""
        return self._translated(self._provider.feed(chunk))

    def end(self) -> list[StreamEvent]:
        """The provider closed. Raises UpstreamFailed when its answer was cut short."""
        events = self._translated(self._provider.end())
        if not self._ended:
            events += self._client.feed(self._written([Ended()]))
        return events + self._client.end()

    def _translated(self, events: Iterable[StreamEvent]) -> list[StreamEvent]:
        out: list[StreamEvent] = []
        for event in events:
            if self._ended:
                break
            if event.failed:
                self._ended = True
                out += self._client.feed(self._failure(provider_error(502, orjson.dumps(event.value))))
            elif event.value is None and not event.last:
                out += self._client.feed(self._idle)
            else:
                out += self._client.feed(self._written(self._pieces.pieces(event)))
            self._usage = event.usage or self._usage
        if out and self._usage is not None:
            out[-1] = out[-1]._replace(usage=self._usage)
        return out

    def _failure(self, problem: GatewayError) -> bytes:
        """The provider's error; in an array that has not begun it is the first element."""
        raw = self._format.stream_error(problem, self._id)
        return b"[" + raw.lstrip(b",\r\n") if raw.startswith(b",") and not self._begun else raw

    def _written(self, pieces: Iterable[Piece]) -> bytes:
        try:
            raw = b"".join(self._writer.write(piece) for said in pieces for piece in self._in_order(said))
        except _MISSHAPEN as error:
            raise misshapen(error) from error
        self._begun = self._begun or bool(raw)
        return raw

    def _in_order(self, piece: Piece) -> Iterator[Piece]:
        """A beginning before all else, a reason before the end, and nothing twice."""
        if isinstance(piece, Started):
            piece = Started(piece.id or self._id, piece.model)
        elif not self._started:
            yield Started(self._id, "")
        if isinstance(piece, Ended) and not self._stopped:
            yield Stopped(Stop.END)
        if not (isinstance(piece, Started) and self._started) and not self._ended:
            yield piece
        self._started = True
        self._stopped = self._stopped or isinstance(piece, Stopped)
        self._ended = self._ended or isinstance(piece, Ended)


def misshapen(error: Exception) -> UpstreamFailed:
    """The error for a provider's answer of which a part has the wrong type."""
    return UpstreamFailed(
        "The provider's answer is not of the format it claims to be.",
        code="upstream_invalid_answer",
        detail=repr(type(error)),
    )


def provider_error(status: int, raw: bytes) -> GatewayError:
    """What a provider's error answer says, in whichever of the four dialects."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        value = None
    message = _message(value[0] if type(value) is list and value else value)
    error = UpstreamFailed(message or f"The provider answered with status {status}.", code="provider_error")
    error.status = {529: 503}.get(status, status)
    return error


def _message(value: Any) -> str:
    for _ in range(3):
        if type(value) is not dict:
            break
        if type(value.get("message")) is str:
            return str(value["message"])[:MESSAGE_LENGTH]
        value = value.get("error") or value.get("response") or value.get("detail")
    return value[:MESSAGE_LENGTH] if type(value) is str else ""
