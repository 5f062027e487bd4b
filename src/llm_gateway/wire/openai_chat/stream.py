"""The state machine over a streamed chat completion.

    OPEN    events arrive
    DONE    `[DONE]` or an error event was seen; whatever follows is passed on untouched

Every string leaf of an event that is not a known id or tag is a delta of the channel named by its
path, with the choice's own index in place of its position. So a field nobody has heard of is
inspected as one text, too.
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Any

from llm_gateway.domain.errors import BadRequest, UpstreamFailed
from llm_gateway.domain.text import Path
from llm_gateway.wire import json_text
from llm_gateway.wire.format import Delta, StreamEvent
from llm_gateway.wire.openai_chat.answer import logprobs_text, read_usage
from llm_gateway.wire.sse import SseEvent, SseSplitter, parse_event

# Leaves that are ids and tags. They pass only while they are short: see _is_tag.
_TAGS = frozenset(
    (
        "id",
        "object",
        "model",
        "system_fingerprint",
        "service_tier",
        "role",
        "type",
        "finish_reason",
        "obfuscation",
    )
)
_TAG_LENGTH = 128


class State(Enum):
    OPEN = auto()
    DONE = auto()


class ChatStreamReader:
    """Feed bytes, get labelled events."""

    def __init__(self) -> None:
        self._splitter = SseSplitter()
        self.state = State.OPEN

    def feed(self, chunk: bytes) -> list[StreamEvent]:
        """The events that are complete now. Raises UpstreamFailed on what is not a chat stream."""
        return [self._read(event) for event in self._splitter.feed(chunk)]

    def end(self) -> list[StreamEvent]:
        """The provider closed. Raises UpstreamFailed when no end of the answer was seen."""
        rest = self._splitter.rest
        events = [self._read(parse_event(rest))] if rest.strip() else []
        if self.state is State.OPEN:
            raise UpstreamFailed(
                "The provider's stream ended before the answer was complete.", code="upstream_truncated"
            )
        return events

    def _read(self, event: SseEvent) -> StreamEvent:
        if not event.data:
            return StreamEvent(event)
        if event.data.strip() == b"[DONE]":
            self.state = State.DONE
            return StreamEvent(event, last=True)
        value = _parse(event.data)
        if value.get("error") is not None:
            self.state = State.DONE
            return StreamEvent(event, value, failed=True)
        model = value.get("model")
        return StreamEvent(
            event,
            value,
            tuple(_deltas(value, (), ())),
            read_usage(value.get("usage")),
            model if type(model) is str else "",
        )


def _parse(data: bytes) -> dict[str, Any]:
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


def _deltas(value: Any, path: Path, channel: Path) -> Iterator[Delta]:
    if type(value) is dict:
        for name, child in value.items():
            if name in _TAGS and _is_tag(child):
                continue
            if name == "logprobs":
                yield from _logprobs(child, (*channel, name))
                continue
            yield from _deltas(child, (*path, name), (*channel, name))
    elif type(value) is list:
        for position, child in enumerate(value):
            yield from _deltas(child, (*path, position), (*channel, _index(child, position)))
    elif type(value) is str and value:
        yield Delta(channel, path, value)


def _logprobs(value: Any, channel: Path) -> Iterator[Delta]:
    """Log-probabilities repeat the answer token by token: one text, which cannot be edited."""
    text = logprobs_text(value)
    if text.strip():
        yield Delta(channel, (), text)


def _is_tag(value: Any) -> bool:
    return value is None or (type(value) is str and len(value) <= _TAG_LENGTH and " " not in value)


def _index(value: Any, position: int) -> int:
    """Choices and tool calls say which one they continue."""
    index = value.get("index") if type(value) is dict else None
    return index if type(index) is int else position
