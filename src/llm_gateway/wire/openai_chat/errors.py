"""Errors and refusals as OpenAI's clients expect them.

https://platform.openai.com/docs/guides/error-codes: the SDKs choose the exception by HTTP status,
and raise inside a stream when an event carries `error`.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from llm_gateway.domain.errors import Blocked, GatewayError, RateLimited
from llm_gateway.wire.format import ErrorBody

_TYPES: Mapping[int, str] = {
    401: "invalid_request_error",
    403: "invalid_request_error",
    429: "rate_limit_error",
    500: "server_error",
    502: "server_error",
    503: "server_error",
    504: "server_error",
}


def error(problem: GatewayError, request_id: str) -> ErrorBody:
    """The whole error answer."""
    headers = {}
    if isinstance(problem, RateLimited):
        headers["retry-after"] = str(max(1, round(problem.retry_after)))
    return ErrorBody(problem.status, orjson.dumps(_envelope(problem, request_id)), headers)


def stream_error(problem: GatewayError, request_id: str) -> bytes:
    """The event that ends a running stream; no [DONE] follows, so the answer never looks complete."""
    return b"data: " + orjson.dumps(_envelope(problem, request_id)) + b"\n\n"


def _envelope(problem: GatewayError, request_id: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "message": problem.message,
        "type": _TYPES.get(problem.status, "invalid_request_error"),
        "param": problem.param,
        "code": problem.code,
    }
    if isinstance(problem, Blocked):
        body |= {"rule": problem.verdict.rule, "stage": problem.stage}
    return {"error": body | {"request_id": request_id}}


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
