"""The state machines over a streamed answer, in either framing.

Gemini marks no end: an answer is complete when a candidate has given its finish reason, or when the
prompt was blocked, and the provider then closes. More chunks may follow a finish reason.
"""

from collections.abc import Iterator
from typing import Any

from llm_gateway.domain.text import Path, Step
from llm_gateway.wire.deltas import Labeller, own_index
from llm_gateway.wire.format import Delta, Frame, StreamEvent
from llm_gateway.wire.gemini.answer import logprobs_text, read_usage
from llm_gateway.wire.gemini.array import ArrayElement, ArraySplitter
from llm_gateway.wire.gemini.array import State as ArrayState
from llm_gateway.wire.spelling import both, spelled
from llm_gateway.wire.sse import SseEvent
from llm_gateway.wire.stream import SseReader, State, parse_data, truncated

_TAGS = (
    "role",
    "id",
    "name",
    "finishReason",
    "modelVersion",
    "responseId",
    "category",
    "probability",
    "severity",
    "blockReason",
    "language",
    "outcome",
    "modality",
    "trafficType",
    "mimeType",
    "createTime",
    "jsonPath",
)


def _place(value: Any, at: int) -> Step:
    """Pieces of one argument say which argument they continue."""
    path = spelled(value, "jsonPath") if type(value) is dict else None
    return path if type(path) is str and len(path) <= 64 else own_index(value, at)


_LABELLER = Labeller(frozenset(both(dict.fromkeys(_TAGS))), _place)


class GenerateStreamReader(SseReader):
    """Server-sent events. Feed bytes, get labelled events."""

    def read_value(self, event: SseEvent, value: dict[str, Any]) -> StreamEvent:
        read = read_chunk(event, value)
        if read.failed or read.closed or _blocked(value):
            self.state = State.DONE
        return read


class GenerateArrayReader:
    """One JSON array. Feed bytes, get labelled events."""

    def __init__(self) -> None:
        self._splitter = ArraySplitter()
        self.state = State.OPEN

    def feed(self, chunk: bytes) -> list[StreamEvent]:
        """The events that are complete now. Raises UpstreamFailed on what is not such a stream."""
        return [self._read(element) for element in self._splitter.feed(chunk)]

    def end(self) -> list[StreamEvent]:
        """The provider closed. Raises UpstreamFailed when the answer or the array is not complete."""
        rest = self._splitter.rest
        if self.state is State.OPEN or self._splitter.state is not ArrayState.AFTER:
            truncated()
        if not rest:
            return []
        aside = (Delta(("",), (), rest.decode("utf-8", "replace"), True),) if rest.strip() else ()
        return [StreamEvent(ArrayElement(rest, b""), deltas=aside)]

    def _read(self, element: ArrayElement) -> StreamEvent:
        if not element.data:
            return self._bracket(element)
        value = parse_data(element.data)
        read = read_chunk(element, value)
        if read.failed or read.closed or _blocked(value):
            self.state = State.DONE
        return read

    def _bracket(self, element: ArrayElement) -> StreamEvent:
        """An opening or closing bracket; what stands before it besides white space is seen, too."""
        aside = element.raw[:-1].decode("utf-8", "replace").strip(" \t\r\n,")
        return StreamEvent(element, deltas=(Delta(("",), (), aside, True),) if aside else ())


def read_chunk(frame: Frame, value: dict[str, Any]) -> StreamEvent:
    """One chunk of an answer, whatever frame it came in."""
    model = spelled(value, "modelVersion")
    return StreamEvent(
        frame,
        value,
        tuple(_deltas(value)),
        read_usage(spelled(value, "usageMetadata")),
        model if type(model) is str else "",
        failed=bool(value.get("error")),
        closed=tuple(_closed(value.get("candidates"))),
    )


def _blocked(value: dict[str, Any]) -> bool:
    feedback = spelled(value, "promptFeedback")
    return type(feedback) is dict and bool(spelled(feedback, "blockReason"))


def _closed(candidates: Any) -> Iterator[Path]:
    for at, candidate in enumerate(candidates if type(candidates) is list else ()):
        if type(candidate) is dict and spelled(candidate, "finishReason"):
            yield ("candidates", own_index(candidate, at))


def _deltas(value: dict[str, Any]) -> Iterator[Delta]:
    for name, child in value.items():
        if name == "candidates" and type(child) is list:
            for at, candidate in enumerate(child):
                yield from _candidate(candidate, (name, at), (name, own_index(candidate, at)))
        else:
            yield from _LABELLER.wholes({name: child})


def _candidate(value: Any, path: Path, channel: Path) -> Iterator[Delta]:
    if type(value) is not dict:
        yield from _LABELLER.wholes(value, path, channel)
        return
    for name, child in value.items():
        if name in ("logprobsResult", "logprobs_result"):
            yield Delta((*channel, name), (), logprobs_text(child))
        elif name == "content" and type(child) is dict:
            yield from _content(child, (*path, name), channel)
        else:
            yield from _LABELLER.wholes({name: child}, path, channel)


def _content(value: dict[str, Any], path: Path, channel: Path) -> Iterator[Delta]:
    for name, child in value.items():
        if name == "parts" and type(child) is list:
            for at, part in enumerate(child):
                yield from _part(part, (*path, name, at), channel)
        elif name == "parts" and type(child) is dict:
            yield from _part(child, (*path, name), channel)
        else:
            yield from _LABELLER.wholes({name: child}, path, channel)


def _part(part: Any, path: Path, channel: Path) -> Iterator[Delta]:
    """Texts go on from part to part, thoughts apart from the answer; all else is complete in its part."""
    if type(part) is not dict:
        yield from _LABELLER.wholes(part, path, channel)
        return
    for name, child in part.items():
        if type(child) is str:
            place = (*channel, "thought") if part.get("thought") is True else channel
            yield from _LABELLER.pieces({name: child}, path, place)
        elif name in ("functionCall", "function_call") and type(child) is dict:
            yield from _call(child, (*path, name), (*channel, name))
        else:
            yield from _LABELLER.wholes({name: child}, path, channel)


def _call(value: dict[str, Any], path: Path, channel: Path) -> Iterator[Delta]:
    for name, child in value.items():
        growing = name in ("partialArgs", "partial_args")
        label = _LABELLER.pieces if growing else _LABELLER.wholes
        yield from label({name: child}, path, channel)
