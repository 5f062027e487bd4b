"""Gemini's operations with a text at a position."""

from typing import Any

import orjson

from llm_gateway.app.selftest.openai import sse
from llm_gateway.app.selftest.places import Position, pieces

MODEL = "gemini-selftest"


class Generate:
    """generateContent, and streamGenerateContent as server-sent events."""

    def request(self, position: Position, text: str, *, stream: bool) -> Any | None:
        at = {place: text if place is position else "fine" for place in Position}
        function = {
            "name": "look",
            "description": at[Position.TOOL_DEFINITION],
            "parameters": {"type": "OBJECT", "properties": {"q": {"type": "STRING"}}},
        }
        call = {"functionCall": {"name": "look", "args": {"q": at[Position.TOOL_ARGUMENTS]}}}
        result = {"functionResponse": {"name": "look", "response": {"result": at[Position.TOOL_RESULT]}}}
        return {
            "systemInstruction": {"parts": [{"text": at[Position.SYSTEM]}]},
            "contents": [
                {"role": "user", "parts": [{"text": at[Position.USER]}]},
                {"role": "model", "parts": [{"text": at[Position.HISTORY]}, call]},
                {"role": "user", "parts": [result]},
            ],
            "tools": [{"functionDeclarations": [function]}],
            "xUnknown": {"deep": [at[Position.UNKNOWN]]},
        }

    def answer(self, position: Position, text: str) -> Any | None:
        return _generated(_part(position, text), "STOP")

    def events(self, position: Position, text: str) -> bytes | None:
        return sse(*self._parts(position, text))

    def _parts(self, position: Position, text: str) -> list[Any]:
        """A function call comes whole, texts come in pieces."""
        if position is Position.ANSWER_ARGUMENTS:
            return [_generated(_part(position, text), "STOP")]
        answers = [_generated(_part(position, piece)) for piece in pieces(text)]
        answers[-1]["candidates"][0]["finishReason"] = "STOP"
        return answers


class GenerateArray(Generate):
    """streamGenerateContent as one JSON array."""

    def answer(self, position: Position, text: str) -> Any | None:
        return None

    def events(self, position: Position, text: str) -> bytes | None:
        return b"[" + b",\r\n".join(orjson.dumps(part) for part in self._parts(position, text)) + b"]"


class CountTokens(Generate):
    """countTokens: the same request, a number as the answer."""

    def answer(self, position: Position, text: str) -> Any | None:
        return None if position.in_answer else {"totalTokens": 5}

    def events(self, position: Position, text: str) -> bytes | None:
        return None


class Embed:
    """embedContent: texts go in, numbers come out."""

    def request(self, position: Position, text: str, *, stream: bool) -> Any | None:
        if position is Position.USER:
            return {"content": {"parts": [{"text": text}]}}
        if position is Position.UNKNOWN:
            return {"content": {"parts": [{"text": "fine"}]}, "xUnknown": text}
        return None

    def answer(self, position: Position, text: str) -> Any | None:
        return None if position.in_answer else {"embedding": {"values": [0.5]}}

    def events(self, position: Position, text: str) -> bytes | None:
        return None


def _part(position: Position, text: str) -> dict[str, Any]:
    if position is Position.ANSWER_ARGUMENTS:
        return {"functionCall": {"name": "look", "args": {"q": text}}}
    return {"text": text, "thought": True} if position is Position.REASONING else {"text": text}


def _generated(part: dict[str, Any], reason: str = "") -> Any:
    candidate: dict[str, Any] = {"index": 0, "content": {"role": "model", "parts": [part]}}
    if reason:
        candidate["finishReason"] = reason
    return {"candidates": [candidate], "modelVersion": MODEL}
