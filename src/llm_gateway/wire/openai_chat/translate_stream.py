"""Streamed chat completions to and from canonical pieces."""

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
from llm_gateway.wire.format import StreamEvent
from llm_gateway.wire.openai_chat.parse_request import signature_of
from llm_gateway.wire.openai_chat.translate_answer import FINISH, STOPS, write_usage


class ChatPieces:
    """Chunks of a chat completion as pieces; of several choices the first is taken."""

    def __init__(self) -> None:
        self._started = False
        self._calls: set[int] = set()

    def pieces(self, event: StreamEvent) -> Iterator[Piece]:
        """What one event says."""
        value = event.value
        if event.last:
            yield Ended()
        if type(value) is not dict:
            return
        if not self._started and value.get("choices"):
            self._started = True
            yield Started(str(value.get("id") or ""), str(value.get("model") or ""))
        for choice in value.get("choices") or ():
            if type(choice) is dict and choice.get("index", 0) == 0:
                yield from self._choice(choice)
        if event.usage is not None:
            yield Counted(event.usage)

    def _choice(self, choice: dict[str, Any]) -> Iterator[Piece]:
        delta = choice.get("delta")
        if type(delta) is dict:
            yield from _said(delta)
            for call in delta.get("tool_calls") or ():
                if type(call) is dict:
                    yield from self._call(call)
        said = choice.get("finish_reason")
        if said is not None:
            yield Stopped(STOPS.get(str(said), Stop.UNKNOWN))

    def _call(self, call: dict[str, Any]) -> Iterator[Piece]:
        index = call.get("index")
        key = index if type(index) is int else len(self._calls)
        function, custom = call.get("function"), call.get("custom")
        inner = function if type(function) is dict else custom if type(custom) is dict else {}
        if key not in self._calls:
            self._calls.add(key)
            free = inner is custom
            yield CallStarted(
                key, str(call.get("id") or ""), str(inner.get("name") or ""), free, signature_of(call)
            )
        text = inner.get("input") if inner is custom else inner.get("arguments")
        if type(text) is str and text:
            yield CallPiece(key, text)


def _said(delta: dict[str, Any]) -> Iterator[Piece]:
    thought = delta.get("reasoning_content") or delta.get("reasoning")
    if type(thought) is str and thought:
        yield ReasoningPiece(thought)
    if type(delta.get("content")) is str and delta["content"]:
        yield TextPiece(delta["content"])
    if type(delta.get("refusal")) is str and delta["refusal"]:
        yield RefusalPiece(delta["refusal"])


class ChatEvents:
    """Pieces as chunks of a chat completion. `count` when the client asked for usage."""

    def __init__(self, created: int, *, count: bool) -> None:
        self._created = created
        self._count = count
        self._head: dict[str, Any] = {}
        self._calls: dict[int, int] = {}
        self._stop: Stop | None = None
        self._usage: Usage | None = None

    def write(self, piece: Piece) -> bytes:
        """The bytes that say the same."""
        if isinstance(piece, Started):
            self._head = {
                "id": piece.id,
                "object": "chat.completion.chunk",
                "created": self._created,
                "model": piece.model,
            }
            return self._chunk({"role": "assistant", "content": ""})
        if isinstance(piece, Stopped):
            self._stop = piece.stop
            return b""
        if isinstance(piece, Counted):
            self._usage = piece.usage
            return b""
        if isinstance(piece, Ended):
            return self._end()
        return self._said(piece)

    def _said(self, piece: Piece) -> bytes:
        if isinstance(piece, TextPiece):
            return self._chunk({"content": piece.text})
        if isinstance(piece, RefusalPiece):
            return self._chunk({"refusal": piece.text})
        if isinstance(piece, ReasoningPiece):
            return self._chunk({"reasoning_content": piece.text}) if piece.text else b""
        if isinstance(piece, CallStarted):
            return self._call(piece)
        if isinstance(piece, CallPiece):
            index = self._calls.get(piece.key, 0)
            return self._chunk({"tool_calls": [{"index": index, "function": {"arguments": piece.text}}]})
        return b""

    def _call(self, piece: CallStarted) -> bytes:
        index = self._calls.setdefault(piece.key, len(self._calls))
        call: dict[str, Any] = {
            "index": index,
            "id": piece.id or f"call_{index}",
            "type": "function",
            "function": {"name": piece.name, "arguments": ""},
        }
        if piece.signature:
            call["extra_content"] = {"google": {"thought_signature": piece.signature}}
        return self._chunk({"tool_calls": [call]})

    def _end(self) -> bytes:
        out = self._chunk({}, FINISH[self._stop or Stop.END])
        if self._count and self._usage is not None:
            out += _event({**self._head, "choices": [], "usage": write_usage(self._usage)})
        return out + b"data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, Any], reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return _event({**self._head, "choices": [choice]})


def _event(value: dict[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(value) + b"\n\n"
