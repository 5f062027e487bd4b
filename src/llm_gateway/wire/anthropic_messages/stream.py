"""The state machine over a streamed message.

https://platform.claude.com/docs/en/build-with-claude/streaming: message_start, then for each block
content_block_start, content_block_delta and content_block_stop, then message_delta with the final
usage, then message_stop, which ends the answer. An error event ends it too.
"""

from collections.abc import Iterator
from typing import Any

from llm_gateway.domain.text import Path
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.anthropic_messages.answer import read_usage
from llm_gateway.wire.deltas import Labeller
from llm_gateway.wire.format import Delta, StreamEvent
from llm_gateway.wire.sse import SseEvent
from llm_gateway.wire.stream import SseReader, State

_LABELLER = Labeller(
    frozenset(
        ("type", "id", "name", "tool_use_id", "role", "model", "stop_reason", "file_id", "service_tier")
    )
)
_PIECEWISE = frozenset(("content_block_start", "content_block_delta"))


class MessageStreamReader(SseReader):
    """Feed bytes, get labelled events."""

    def __init__(self) -> None:
        super().__init__()
        self._usage = Usage()

    def read_value(self, event: SseEvent, value: dict[str, Any]) -> StreamEvent:
        kind = value.get("type")
        failed = kind == "error" or event.name == "error"
        last = kind == "message_stop"
        if failed or last:
            self.state = State.DONE
        message = value.get("message")
        model = message.get("model") if type(message) is dict else None
        return StreamEvent(
            event,
            value,
            tuple(_deltas(value)),
            self._count(value),
            model if type(model) is str else "",
            last=last,
            failed=failed,
            closed=(_block(value),) if kind == "content_block_stop" else (),
        )

    def _count(self, value: dict[str, Any]) -> Usage | None:
        """The input is counted at the start, the output at the end; later counts replace earlier ones."""
        message = value.get("message")
        said = read_usage(message.get("usage") if type(message) is dict else value.get("usage"))
        if said is None:
            return None
        self._usage = Usage(*(new or old for new, old in zip(said, self._usage, strict=True)))
        return self._usage


def _block(value: dict[str, Any]) -> Path:
    index = value.get("index")
    return ("content", index) if type(index) is int else ("content",)


def _deltas(value: dict[str, Any]) -> Iterator[Delta]:
    kind = value.get("type")
    piecewise = type(kind) is str and kind in _PIECEWISE
    for name, child in value.items():
        if piecewise and name in ("delta", "content_block") and type(child) is dict:
            yield from _of_block(child, (name,), _block(value))
        else:
            yield from _LABELLER.wholes({name: child})


def _of_block(block: dict[str, Any], path: Path, channel: Path) -> Iterator[Delta]:
    """A block's own strings go on from event to event; what lies deeper is complete."""
    for name, child in block.items():
        label = _LABELLER.pieces if type(child) is str else _LABELLER.wholes
        yield from label({name: child}, path, channel)
