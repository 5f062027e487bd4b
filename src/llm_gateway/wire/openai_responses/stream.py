"""The state machine over a streamed response.

https://platform.openai.com/docs/api-reference/responses-streaming: events of many types, each with
its place (output item, content part). A text comes in `.delta` events and again, whole, in `.done`
events, in its part, in its item, and in the response that `response.completed`, `.incomplete` or
`.failed` carries, which ends the answer. Each repetition is inspected as what it is: a whole text.
"""

import re
from collections.abc import Iterator
from typing import Any

from llm_gateway.domain.text import Path, SegmentKind
from llm_gateway.wire.collect import Collector
from llm_gateway.wire.deltas import Labeller
from llm_gateway.wire.format import Delta, StreamEvent
from llm_gateway.wire.openai_responses.answer import label_response, read_usage
from llm_gateway.wire.openai_responses.items import logprobs_text
from llm_gateway.wire.sse import SseEvent
from llm_gateway.wire.stream import SseReader, State

_LABELLER = Labeller(
    frozenset(
        (
            "type",
            "id",
            "item_id",
            "call_id",
            "file_id",
            "container_id",
            "name",
            "role",
            "status",
            "phase",
            "model",
            "obfuscation",
        )
    )
)
_TYPE = re.compile(r"response\.[a-z0-9_.]{1,64}\Z")
_PLACE = ("output_index", "content_index", "summary_index", "command_index", "partial_image_index")
_LAST = frozenset(("response.completed", "response.incomplete"))
_FAILED = frozenset(("response.failed", "error"))


class ResponseStreamReader(SseReader):
    """Feed bytes, get labelled events."""

    def read_value(self, event: SseEvent, value: dict[str, Any]) -> StreamEvent:
        kind = _kind(value) or event.name
        response = value.get("response")
        response = response if type(response) is dict else {}
        failed = kind in _FAILED or bool(value.get("error"))
        last = kind in _LAST
        if failed or last:
            self.state = State.DONE
        model = response.get("model")
        return StreamEvent(
            event,
            value,
            tuple(_deltas(value)),
            read_usage(response.get("usage")),
            model if type(model) is str else "",
            last=last,
            failed=failed,
            closed=(_channel(kind.removesuffix(".done"), value),) if kind.endswith(".done") else (),
        )


def _kind(value: dict[str, Any]) -> str:
    kind = value.get("type")
    return kind if type(kind) is str else ""


def _channel(name: str, value: dict[str, Any]) -> Path:
    places = (value.get(place) for place in _PLACE)
    return (name, *(place for place in places if type(place) is int))


def _deltas(value: dict[str, Any]) -> Iterator[Delta]:
    kind = _kind(value)
    growing = kind.endswith(".delta") and type(value.get("delta")) is str
    channel = _channel(kind.removesuffix(".delta"), value)
    for name, child in value.items():
        if name == "delta" and growing:
            yield from _growing(kind, channel, child)
        elif name == "logprobs":
            yield from _logprobs(child, channel, whole=not growing)
        elif name == "response":
            yield from _response(child)
        elif name == "type" and _TYPE.match(kind):
            continue
        else:
            yield from _LABELLER.wholes({name: child}, (), channel)


def _growing(kind: str, channel: Path, text: str) -> Iterator[Delta]:
    """A piece of a text, or of a recording, which says nothing to a reader."""
    if kind == "response.audio.delta":
        yield from _LABELLER.wholes({"data": text}, (), channel)
    elif text:
        yield Delta(channel, ("delta",), text)


def _logprobs(value: Any, channel: Path, *, whole: bool) -> Iterator[Delta]:
    text = logprobs_text(value)
    if text.strip():
        yield Delta((*channel, "logprobs"), (), text, whole)


def _response(value: Any) -> Iterator[Delta]:
    """The response so far, or the whole of it, labelled as a body is: most of it repeats the request."""
    found = Collector()
    label_response(found, ("response",), value)
    for segment in found.segments:
        if segment.kind is SegmentKind.OPAQUE or segment.pieces:
            continue
        path = segment.path if segment.kind is SegmentKind.TEXT else ()
        yield Delta(segment.path, path, segment.text, True, segment.provenance)
