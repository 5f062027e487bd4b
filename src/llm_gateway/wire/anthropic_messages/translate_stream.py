"""Streamed messages to and from canonical pieces."""

from collections.abc import Iterator
from typing import Any

import orjson

from llm_gateway.domain.conversation import (
    CallPiece,
    CallStarted,
    Counted,
    Ended,
    Piece,
    ReasoningPiece,
    RefusalPiece,
    Started,
    Stop,
    Stopped,
    TextPiece,
)
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.anthropic_messages.translate_answer import REASONS, STOPS, write_usage
from llm_gateway.wire.format import StreamEvent
from llm_gateway.wire.writing import dumps


class MessagePieces:
    """Events of a message as pieces. Blocks of tools that run at the provider are left out."""

    def __init__(self) -> None:
        self._calls: set[int] = set()

    def pieces(self, event: StreamEvent) -> Iterator[Piece]:
        """What one event says."""
        value = event.value
        if type(value) is not dict:
            return
        kind = value.get("type")
        if kind == "message_start" and type(value.get("message")) is dict:
            message = value["message"]
            yield Started(str(message.get("id") or ""), str(message.get("model") or ""))
        elif kind == "content_block_start" and type(value.get("content_block")) is dict:
            yield from self._begin(value.get("index"), value["content_block"])
        elif kind == "content_block_delta" and type(value.get("delta")) is dict:
            yield from self._more(value.get("index"), value["delta"])
        elif kind == "message_delta" and type(value.get("delta")) is dict:
            yield from _stopped(value["delta"])
        if event.usage is not None:
            yield Counted(event.usage)
        if kind == "message_stop":
            yield Ended()

    def _begin(self, index: Any, block: dict[str, Any]) -> Iterator[Piece]:
        if block.get("type") == "tool_use" and type(index) is int:
            self._calls.add(index)
            yield CallStarted(index, str(block.get("id") or ""), str(block.get("name") or ""))
            if block.get("input"):
                yield CallPiece(index, dumps(block["input"]))
        elif block.get("type") == "redacted_thinking":
            yield ReasoningPiece(sealed=str(block.get("data") or ""))
        elif block.get("type") in ("text", "thinking"):
            yield from _said(block)

    def _more(self, index: Any, delta: dict[str, Any]) -> Iterator[Piece]:
        text = delta.get("partial_json")
        if type(text) is str:
            if text and index in self._calls:
                yield CallPiece(index, text)
            return
        yield from _said(delta)


def _said(value: dict[str, Any]) -> Iterator[Piece]:
    if type(value.get("text")) is str and value["text"]:
        yield TextPiece(value["text"])
    if type(value.get("thinking")) is str and value["thinking"]:
        yield ReasoningPiece(value["thinking"])
    if type(value.get("signature")) is str and value["signature"]:
        yield ReasoningPiece(signature=value["signature"])


def _stopped(delta: dict[str, Any]) -> Iterator[Piece]:
    reason = delta.get("stop_reason")
    if reason is not None:
        sequence = delta.get("stop_sequence")
        yield Stopped(STOPS.get(str(reason), Stop.UNKNOWN), sequence if type(sequence) is str else None)


class MessageEvents:
    """Pieces as events of a message: blocks that begin, grow and stop, one after the other."""

    def __init__(self, created: int, *, count: bool) -> None:
        self._next = 0
        self._open: tuple[str, int] | None = None
        self._calls: dict[int, int] = {}
        self._stop = Stopped(Stop.END)
        self._usage = Usage()

    def write(self, piece: Piece) -> bytes:
        """The bytes that say the same."""
        if isinstance(piece, Started):
            return _event("message_start", message=_message(piece))
        if isinstance(piece, Counted):
            self._usage = piece.usage
            return b""
        if isinstance(piece, Stopped):
            self._stop = piece
            return self._close()
        if isinstance(piece, Ended):
            return self._close() + self._end()
        return self._said(piece)

    def _said(self, piece: Piece) -> bytes:
        if isinstance(piece, TextPiece | RefusalPiece):
            begun = self._begin("text", {"type": "text", "text": ""})
            return begun + self._delta({"type": "text_delta", "text": piece.text})
        if isinstance(piece, ReasoningPiece):
            return self._reasoning(piece)
        if isinstance(piece, CallStarted):
            return self._call(piece)
        if isinstance(piece, CallPiece):
            index = self._calls.get(piece.key, 0)
            said = {"type": "input_json_delta", "partial_json": piece.text}
            return _event("content_block_delta", index=index, delta=said)
        return b""

    def _reasoning(self, piece: ReasoningPiece) -> bytes:
        """What another provider has sealed says nothing here."""
        if not piece.text:
            return b""
        begun = self._begin("thinking", {"type": "thinking", "thinking": "", "signature": ""})
        return begun + self._delta({"type": "thinking_delta", "thinking": piece.text})

    def _call(self, piece: CallStarted) -> bytes:
        closed = self._close()
        call = {"type": "tool_use", "id": piece.id or f"toolu_{self._next}", "name": piece.name, "input": {}}
        begun = self._begin(f"call {piece.key}", call)
        self._calls[piece.key] = self._next - 1
        return closed + begun

    def _begin(self, kind: str, block: dict[str, Any]) -> bytes:
        if self._open is not None and self._open[0] == kind:
            return b""
        closed = self._close()
        self._open = (kind, self._next)
        self._next += 1
        return closed + _event("content_block_start", index=self._open[1], content_block=block)

    def _delta(self, delta: dict[str, Any]) -> bytes:
        index = self._open[1] if self._open else 0
        return _event("content_block_delta", index=index, delta=delta)

    def _close(self) -> bytes:
        if self._open is None:
            return b""
        index = self._open[1]
        self._open = None
        return _event("content_block_stop", index=index)

    def _end(self) -> bytes:
        delta = {"stop_reason": REASONS[self._stop.stop], "stop_sequence": self._stop.stop_sequence}
        return _event("message_delta", delta=delta, usage=write_usage(self._usage)) + _event("message_stop")


def _message(piece: Started) -> dict[str, Any]:
    return {
        "id": piece.id,
        "type": "message",
        "role": "assistant",
        "model": piece.model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 0, "output_tokens": 0},
    }


def _event(kind: str, **members: Any) -> bytes:
    return f"event: {kind}\ndata: ".encode() + orjson.dumps({"type": kind, **members}) + b"\n\n"
