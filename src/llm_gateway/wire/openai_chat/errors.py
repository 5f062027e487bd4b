"""Errors inside a stream, and refusals, as clients of chat completions expect them."""

from typing import Any

import orjson

from llm_gateway.domain.errors import GatewayError
from llm_gateway.wire.openai_errors import envelope


def stream_error(problem: GatewayError, request_id: str) -> bytes:
    """The event that ends a running stream; no [DONE] follows, so the answer never looks complete."""
    return b"data: " + orjson.dumps(envelope(problem, request_id)) + b"\n\n"


def refusal(message: str, request_id: str, model: str, created: int) -> bytes:
    """A complete answer that says no."""
    said = {"role": "assistant", "content": None, "refusal": message}
    choice = {"index": 0, "message": said, "logprobs": None, "finish_reason": "content_filter"}
    return orjson.dumps(
        {
            "id": request_id,
            "object": "chat.completion",
            "created": created,
            "model": model,
            "choices": [choice],
            "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
        }
    )


def stream_refusal(message: str, request_id: str, model: str, created: int, *, started: bool) -> bytes:
    """The events that say no; `started` when part of an answer has gone out before."""
    delta: dict[str, Any] = {"refusal": message} if started else {"role": "assistant", "refusal": message}
    events = [(delta, None), ({}, "content_filter")]
    head = {"id": request_id, "object": "chat.completion.chunk", "created": created, "model": model}
    lines = [
        orjson.dumps({**head, "choices": [{"index": 0, "delta": part, "finish_reason": reason}]})
        for part, reason in events
    ]
    return b"".join(b"data: " + line + b"\n\n" for line in (*lines, b"[DONE]"))
