"""OpenAI's chat completions, responses and embeddings with a text at a position."""

from typing import Any

import orjson

from llm_gateway.app.selftest.places import Position, pieces

MODEL = "gpt-selftest"


def sse(*events: object) -> bytes:
    """Unnamed server-sent events."""
    return b"".join(b"data: " + orjson.dumps(event) + b"\n\n" for event in events)


class Chat:
    """Chat completions."""

    def request(self, position: Position, text: str, *, stream: bool) -> Any | None:
        at = {place: text if place is position else "fine" for place in Position}
        call = {
            "id": "call_1",
            "type": "function",
            "function": {"name": "look", "arguments": _json(at[Position.TOOL_ARGUMENTS])},
        }
        function = {
            "name": "look",
            "description": at[Position.TOOL_DEFINITION],
            "parameters": {"type": "object", "properties": {"q": {"type": "string"}}},
        }
        return {
            "model": MODEL,
            "stream": stream,
            "messages": [
                {"role": "system", "content": at[Position.SYSTEM]},
                {"role": "user", "content": at[Position.USER]},
                {"role": "assistant", "content": at[Position.HISTORY], "tool_calls": [call]},
                {"role": "tool", "tool_call_id": "call_1", "content": at[Position.TOOL_RESULT]},
            ],
            "tools": [{"type": "function", "function": function}],
            "x_unknown": {"deep": [at[Position.UNKNOWN]]},
        }

    def answer(self, position: Position, text: str) -> Any | None:
        message: dict[str, Any] = {"role": "assistant", "content": "fine"}
        if position is Position.ANSWER_TEXT:
            message["content"] = text
        elif position is Position.ANSWER_ARGUMENTS:
            function = {"name": "look", "arguments": _json(text)}
            message["tool_calls"] = [{"id": "call_2", "type": "function", "function": function}]
        elif position is Position.REASONING:
            message["reasoning_content"] = text
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": MODEL,
            "choices": [choice],
        }

    def events(self, position: Position, text: str) -> bytes | None:
        deltas = [
            self._delta(position, part)
            for part in pieces(_json(text) if position is Position.ANSWER_ARGUMENTS else text)
        ]
        chunks = [
            {
                "id": "chatcmpl-1",
                "object": "chat.completion.chunk",
                "choices": [{"index": 0, "delta": delta, "finish_reason": None}],
            }
            for delta in deltas
        ]
        return sse(*chunks) + b"data: [DONE]\n\n"

    def _delta(self, position: Position, part: str) -> dict[str, Any]:
        if position is Position.ANSWER_ARGUMENTS:
            return {"tool_calls": [{"index": 0, "function": {"arguments": part}}]}
        return {"reasoning_content" if position is Position.REASONING else "content": part}


class Responses:
    """Responses."""

    def request(self, position: Position, text: str, *, stream: bool) -> Any | None:
        at = {place: text if place is position else "fine" for place in Position}
        tool = {
            "type": "function",
            "name": "look",
            "description": at[Position.TOOL_DEFINITION],
            "parameters": {"type": "object", "properties": {"q": {"type": "string"}}},
        }
        said = {"type": "output_text", "text": at[Position.HISTORY]}
        return {
            "model": MODEL,
            "stream": stream,
            "instructions": at[Position.SYSTEM],
            "input": [
                {"role": "user", "content": at[Position.USER]},
                {"type": "message", "role": "assistant", "content": [said]},
                {
                    "type": "function_call",
                    "call_id": "call_1",
                    "name": "look",
                    "arguments": _json(at[Position.TOOL_ARGUMENTS]),
                },
                {"type": "function_call_output", "call_id": "call_1", "output": at[Position.TOOL_RESULT]},
            ],
            "tools": [tool],
            "x_unknown": {"deep": [at[Position.UNKNOWN]]},
        }

    def answer(self, position: Position, text: str) -> Any | None:
        return self._response([self._item(position, text)], "completed")

    def events(self, position: Position, text: str) -> bytes | None:
        kind, part = _PARTS[position]
        place = (
            {"item_id": "item_1", "output_index": 0, part: 0}
            if part
            else {"item_id": "item_1", "output_index": 0}
        )
        written = _json(text) if position is Position.ANSWER_ARGUMENTS else text
        deltas = [{"type": kind, **place, "delta": piece} for piece in pieces(written)]
        done = {"type": "response.completed", "response": self.answer(position, text)}
        created = {"type": "response.created", "response": self._response([], "in_progress")}
        return sse(created, *deltas, done)

    def _item(self, position: Position, text: str) -> dict[str, Any]:
        if position is Position.ANSWER_ARGUMENTS:
            return {
                "type": "function_call",
                "id": "item_1",
                "call_id": "call_2",
                "name": "look",
                "arguments": _json(text),
                "status": "completed",
            }
        if position is Position.REASONING:
            return {"type": "reasoning", "id": "item_1", "summary": [{"type": "summary_text", "text": text}]}
        content = [{"type": "output_text", "text": text, "annotations": []}]
        return {
            "type": "message",
            "id": "item_1",
            "role": "assistant",
            "status": "completed",
            "content": content,
        }

    def _response(self, output: list[Any], status: str) -> dict[str, Any]:
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "status": status,
            "model": MODEL,
            "output": output,
        }


_PARTS = {
    Position.ANSWER_TEXT: ("response.output_text.delta", "content_index"),
    Position.ANSWER_ARGUMENTS: ("response.function_call_arguments.delta", ""),
    Position.REASONING: ("response.reasoning_summary_text.delta", "summary_index"),
}


class Embeddings:
    """Embeddings: texts go in, numbers come out."""

    def request(self, position: Position, text: str, *, stream: bool) -> Any | None:
        if position is Position.USER:
            return {"model": MODEL, "input": [text]}
        return {"model": MODEL, "input": "fine", "x_unknown": text} if position is Position.UNKNOWN else None

    def answer(self, position: Position, text: str) -> Any | None:
        if position.in_answer:
            return None
        data = [{"object": "embedding", "index": 0, "embedding": [0.5]}]
        return {
            "object": "list",
            "data": data,
            "model": MODEL,
            "usage": {"prompt_tokens": 1, "total_tokens": 1},
        }

    def events(self, position: Position, text: str) -> bytes | None:
        return None


def _json(text: str) -> str:
    return orjson.dumps({"q": text}).decode()
