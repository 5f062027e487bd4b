"""Anthropic's messages and token counts with a text at a position."""

from typing import Any

import orjson

from llm_gateway.app.selftest.places import Position, pieces

MODEL = "claude-selftest"


def _named(*events: dict[str, Any]) -> bytes:
    return b"".join(
        b"event: " + str(event["type"]).encode() + b"\ndata: " + orjson.dumps(event) + b"\n\n"
        for event in events
    )


class Messages:
    """Messages."""

    def request(self, position: Position, text: str, *, stream: bool) -> Any | None:
        at = {place: text if place is position else "fine" for place in Position}
        call = {
            "type": "tool_use",
            "id": "toolu_1",
            "name": "look",
            "input": {"q": at[Position.TOOL_ARGUMENTS]},
        }
        result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": at[Position.TOOL_RESULT]}
        schema = {"type": "object", "properties": {"q": {"type": "string"}}}
        return {
            "model": MODEL,
            "max_tokens": 100,
            "stream": stream,
            "system": at[Position.SYSTEM],
            "messages": [
                {"role": "user", "content": at[Position.USER]},
                {"role": "assistant", "content": [{"type": "text", "text": at[Position.HISTORY]}, call]},
                {"role": "user", "content": [result]},
            ],
            "tools": [{"name": "look", "description": at[Position.TOOL_DEFINITION], "input_schema": schema}],
            "x_unknown": {"deep": [at[Position.UNKNOWN]]},
        }

    def answer(self, position: Position, text: str) -> Any | None:
        return self._message([self._block(position, text)])

    def events(self, position: Position, text: str) -> bytes | None:
        kind, field = _DELTAS[position]
        written = orjson.dumps({"q": text}).decode() if position is Position.ANSWER_ARGUMENTS else text
        deltas = [
            {"type": "content_block_delta", "index": 0, "delta": {"type": kind, field: piece}}
            for piece in pieces(written)
        ]
        return _named(
            {"type": "message_start", "message": self._message([])},
            {"type": "content_block_start", "index": 0, "content_block": self._empty(position)},
            *deltas,
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 3}},
            {"type": "message_stop"},
        )

    def _block(self, position: Position, text: str) -> dict[str, Any]:
        if position is Position.ANSWER_ARGUMENTS:
            return {"type": "tool_use", "id": "toolu_2", "name": "look", "input": {"q": text}}
        if position is Position.REASONING:
            return {"type": "thinking", "thinking": text, "signature": "c2lnbmF0dXJl"}
        return {"type": "text", "text": text}

    def _empty(self, position: Position) -> dict[str, Any]:
        if position is Position.ANSWER_ARGUMENTS:
            return {"type": "tool_use", "id": "toolu_2", "name": "look", "input": {}}
        return self._block(position, "")

    def _message(self, content: list[Any]) -> dict[str, Any]:
        usage = {"input_tokens": 1, "output_tokens": 1}
        return {
            "id": "msg_1", "type": "message", "role": "assistant", "model": MODEL,
            "content": content, "stop_reason": "end_turn", "usage": usage,
        }  # fmt: skip


_DELTAS = {
    Position.ANSWER_TEXT: ("text_delta", "text"),
    Position.ANSWER_ARGUMENTS: ("input_json_delta", "partial_json"),
    Position.REASONING: ("thinking_delta", "thinking"),
}


class CountTokens(Messages):
    """Token counts: the same request, a number as the answer."""

    def request(self, position: Position, text: str, *, stream: bool) -> Any | None:
        body: Any = super().request(position, text, stream=False)
        return {name: value for name, value in body.items() if name not in ("max_tokens", "stream")}

    def answer(self, position: Position, text: str) -> Any | None:
        return None if position.in_answer else {"input_tokens": 5}

    def events(self, position: Position, text: str) -> bytes | None:
        return None
