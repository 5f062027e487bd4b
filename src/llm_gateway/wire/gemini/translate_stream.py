"""Gemini's streams to and from canonical pieces."""

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
    ToolCall,
)
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.format import StreamEvent
from llm_gateway.wire.gemini.normal import normal
from llm_gateway.wire.gemini.translate_answer import REASONS, blocked, function_call, stop_of, write_usage
from llm_gateway.wire.writing import dumps


class GenerateChunks:
    """Chunks of an answer as pieces; of several candidates the first. Calls come whole."""

    def __init__(self) -> None:
        self._started = False
        self._calls = 0

    def pieces(self, event: StreamEvent) -> Iterator[Piece]:
        """What one event says. The end of the stream is the caller's to see."""
        if type(event.value) is not dict:
            return
        value = normal(event.value)
        if not self._started:
            self._started = True
            yield Started(str(value.get("responseId") or ""), str(value.get("modelVersion") or ""))
        if blocked(value):
            yield Stopped(Stop.FILTERED)
        for candidate in value.get("candidates") or ():
            if type(candidate) is dict and candidate.get("index", 0) == 0:
                yield from self._candidate(candidate)
        if event.usage is not None:
            yield Counted(event.usage)

    def _candidate(self, candidate: dict[str, Any]) -> Iterator[Piece]:
        content = candidate.get("content")
        for part in (content.get("parts") if type(content) is dict else None) or ():
            if type(part) is dict:
                yield from self._part(part)
        called = (ToolCall("", "", ""),) if self._calls else ()
        stop = stop_of(candidate.get("finishReason"), called)
        if stop is not None:
            yield Stopped(stop)

    def _part(self, part: dict[str, Any]) -> Iterator[Piece]:
        call, text = part.get("functionCall"), part.get("text")
        if type(call) is dict:
            key, self._calls = self._calls, self._calls + 1
            signature = str(part.get("thoughtSignature") or "")
            call_id = str(call.get("id") or f"call_{key}")
            yield CallStarted(key, call_id, str(call.get("name") or ""), signature=signature)
            yield CallPiece(key, dumps(call.get("args") or {}))
        elif type(text) is str and text:
            yield ReasoningPiece(text) if part.get("thought") is True else TextPiece(text)


class GenerateEvents:
    """Pieces as chunks, server-sent events or elements of an array. A call waits until it is whole."""

    def __init__(self, created: int, *, count: bool, array: bool = False) -> None:
        self._array = array
        self._begun = False
        self._head: dict[str, Any] = {}
        self._call: CallStarted | None = None
        self._arguments: list[str] = []
        self._stop = Stop.END
        self._usage = Usage()

    def write(self, piece: Piece) -> bytes:
        """The bytes that say the same."""
        if isinstance(piece, Started):
            self._head = {"modelVersion": piece.model, "responseId": piece.id}
            return b""
        if isinstance(piece, Counted):
            self._usage = piece.usage
            return b""
        if isinstance(piece, CallPiece):
            self._arguments.append(piece.text)
            return b""
        if isinstance(piece, Stopped):
            self._stop = piece.stop
            return self._flush()
        if isinstance(piece, Ended):
            return self._flush() + self._end()
        return self._flush() + self._said(piece)

    def _said(self, piece: Piece) -> bytes:
        if isinstance(piece, CallStarted):
            self._call, self._arguments = piece, []
            return b""
        if isinstance(piece, TextPiece | RefusalPiece):
            return self._chunk({"text": piece.text})
        if isinstance(piece, ReasoningPiece) and piece.text:
            return self._chunk({"text": piece.text, "thought": True})
        return b""

    def _flush(self) -> bytes:
        """The call that was waiting."""
        if self._call is None:
            return b""
        call = function_call(self._call.id, self._call.name, "".join(self._arguments))
        self._call = None
        return self._chunk({"functionCall": call})

    def _end(self) -> bytes:
        candidate = {
            "content": {"role": "model", "parts": [{"text": ""}]},
            "finishReason": REASONS[self._stop],
            "index": 0,
        }
        last = {"candidates": [candidate], "usageMetadata": write_usage(self._usage), **self._head}
        return self._framed(last) + (b"\r\n]" if self._array else b"")

    def _chunk(self, part: dict[str, Any]) -> bytes:
        candidate = {"content": {"role": "model", "parts": [part]}, "index": 0}
        return self._framed({"candidates": [candidate], **self._head})

    def _framed(self, value: dict[str, Any]) -> bytes:
        if not self._array:
            return b"data: " + orjson.dumps(value) + b"\r\n\r\n"
        before = b",\r\n" if self._begun else b"["
        self._begun = True
        return before + orjson.dumps(value)
