"""The calls in a streamed answer, put together from its events, in any of the formats."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from llm_gateway.domain.facts import Facts, ToolCall
from llm_gateway.domain.text import Path
from llm_gateway.wire.facts import call_of, calls_in, item_call

_ARGUMENTS = (
    "response.function_call_arguments",
    "response.mcp_call_arguments",
    "response.custom_tool_call_input",
)
_ITEMS = ("response.output_item.added", "response.output_item.done")


@dataclass(slots=True)
class _Growing:
    """A call whose pieces are still arriving. `value` are arguments that came as a value."""

    name: str = ""
    pieces: list[str] = field(default_factory=list)
    value: Any = None


class StreamCalls:
    """Feed the values of events in order; one for each streamed answer.

    Calls are told apart as the channels of their texts are: the path of a call is the beginning of the
    channels of its arguments.
    """

    def __init__(self) -> None:
        self._growing: dict[Path, _Growing] = {}
        self._whole: list[ToolCall] = []

    @property
    def started(self) -> int:
        """How many calls have begun."""
        return len(self._growing) + len(self._whole)

    def add(self, value: Any) -> bool:
        """Takes an event; whether it carries a piece of a call."""
        if type(value) is not dict:
            return False
        before = len(self._whole)
        self._whole += _gemini(value)
        pieces = [*_chat(value), *_messages(value), *_responses(value)]
        for path, name, text, replaces in pieces:
            growing = self._growing.setdefault(path, _Growing())
            growing.name = name or growing.name
            if replaces:
                growing.pieces.clear()
            if type(text) is str:
                growing.pieces.append(text)
            elif text:
                growing.value = text
        return bool(pieces) or len(self._whole) > before

    def facts(self) -> Facts:
        """All calls so far; one whose arguments are not complete yet is not readable."""
        calls = [_made(path, growing) for path, growing in self._growing.items()]
        return Facts(calls=(*calls, *self._whole), owners=dict(self._owners()))

    def _owners(self) -> Iterator[tuple[Path, str]]:
        for path, growing in self._growing.items():
            yield path, growing.name
            if path[0] == "output":
                for kind in (*_ARGUMENTS, *(f"{kind}.done" for kind in _ARGUMENTS), *_ITEMS):
                    yield (kind, *path[1:]), growing.name
                yield ("response", *path), growing.name
        names = {
            call.path: {one.name for one in self._whole if one.path == call.path} for call in self._whole
        }
        yield from ((path, found.pop()) for path, found in names.items() if len(found) == 1)


Piece = tuple[Path, str, Any, bool]


def _made(path: Path, growing: _Growing) -> ToolCall:
    written = "".join(growing.pieces)
    return call_of(growing.name, path, written if written.strip() else growing.value)


def _chat(value: Mapping[str, Any]) -> Iterator[Piece]:
    for at, choice in _objects(value.get("choices")):
        delta = choice.get("delta")
        if type(delta) is not dict:
            continue
        path: Path = ("choices", _index(choice, "index", at), "delta")
        for position, call in _objects(delta.get("tool_calls")):
            for name, arguments in (("function", "arguments"), ("custom", "input")):
                if type(call.get(name)) is dict:
                    where = (*path, "tool_calls", _index(call, "index", position))
                    yield where, _text(call[name].get("name")), call[name].get(arguments), False
        if type(delta.get("function_call")) is dict:
            call = delta["function_call"]
            yield (*path, "function_call"), _text(call.get("name")), call.get("arguments"), False


def _messages(value: Mapping[str, Any]) -> Iterator[Piece]:
    path: Path = ("content", _index(value, "index", 0))
    block, delta = value.get("content_block"), value.get("delta")
    if type(block) is dict and _text(block.get("type")).endswith("tool_use"):
        yield path, _text(block.get("name")), block.get("input"), False
    if type(delta) is dict and type(delta.get("partial_json")) is str:
        yield path, "", delta["partial_json"], False


def _responses(value: Mapping[str, Any]) -> Iterator[Piece]:
    kind = _text(value.get("type"))
    path: Path = ("output", _index(value, "output_index", 0))
    item = value.get("item")
    if kind in _ITEMS and type(item) is dict and _text(item.get("type")).endswith("_call"):
        call = item_call(path, item)
        written = next((item[name] for name in ("arguments", "input", "action") if item.get(name)), None)
        yield path, call.name, written, written is not None
    name, _, stage = kind.rpartition(".")
    if name in _ARGUMENTS and stage == "delta":
        yield path, "", value.get("delta"), False
    elif name in _ARGUMENTS and stage == "done":
        yield path, _text(value.get("name")), value.get("arguments") or value.get("input"), True


def _gemini(value: Mapping[str, Any]) -> Iterable[ToolCall]:
    for at, candidate in _objects(value.get("candidates")):
        path: Path = ("candidates", _index(candidate, "index", at), "content")
        for call in calls_in(path, candidate.get("content")):
            parts = candidate["content"]["parts"]
            part = parts[call.path[-2]] if type(parts) is list and type(call.path[-2]) is int else parts
            grows = {"partialArgs", "partial_args", "willContinue", "will_continue"} & set(
                part[call.path[-1]]
            )
            yield call._replace(readable=not grows)


def _objects(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for at, item in enumerate(value if type(value) is list else ()):
        if type(item) is dict:
            yield at, item


def _index(value: Mapping[str, Any], name: str, otherwise: int) -> int:
    index = value.get(name)
    return index if type(index) is int else otherwise


def _text(value: Any) -> str:
    return value if type(value) is str else ""
