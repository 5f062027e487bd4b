"""Errors and refusals as Anthropic's clients expect them.

https://platform.claude.com/docs/en/api/errors: the SDKs choose the exception by HTTP status, and
raise inside a stream on an event named `error`.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from llm_gateway.domain.errors import Blocked, GatewayError, RateLimited
from llm_gateway.wire.format import ErrorBody

_TYPES: Mapping[int, str] = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    502: "api_error",
    503: "api_error",
    504: "timeout_error",
}
_NO_TOKENS = {"input_tokens": 0, "output_tokens": 0}


def error(problem: GatewayError, request_id: str) -> ErrorBody:
    """The whole error answer."""
    headers = {"request-id": request_id}
    if isinstance(problem, RateLimited):
        headers["retry-after"] = str(max(1, round(problem.retry_after)))
    return ErrorBody(problem.status, orjson.dumps(_envelope(problem, request_id)), headers)


def stream_error(problem: GatewayError, request_id: str) -> bytes:
    """The event that ends a running stream; no message_stop follows."""
    return _event(_envelope(problem, request_id))


def _envelope(problem: GatewayError, request_id: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": _TYPES.get(problem.status, "invalid_request_error"),
        "message": problem.message,
        "code": problem.code,
    }
    if problem.param:
        body["param"] = problem.param
    if isinstance(problem, Blocked):
        body |= {"rule": problem.verdict.rule, "stage": problem.stage}
    return {"type": "error", "error": body, "request_id": request_id}


def refusal(message: str, request_id: str, model: str) -> bytes:
    """A complete answer that says no."""
    return orjson.dumps(
        _message(request_id, model)
        | {"content": [{"type": "text", "text": message}], **_stop(message), "usage": _NO_TOKENS}
    )


def stream_refusal(message: str, request_id: str, model: str, *, started: bool) -> bytes:
    """The events that say no; `started` when part of an answer has gone out before.

    Which blocks are open is not known then, so the explanation goes into the last delta only.
    """
    end: list[dict[str, Any]] = [
        {"type": "message_delta", "delta": _stop(message), "usage": {"output_tokens": 0}},
        {"type": "message_stop"},
    ]
    if started:
        return b"".join(_event(one) for one in end)
    said = {"type": "text_delta", "text": message}
    begin: list[dict[str, Any]] = [
        {"type": "message_start", "message": _message(request_id, model) | {"usage": _NO_TOKENS}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": said},
        {"type": "content_block_stop", "index": 0},
    ]
    return b"".join(_event(one) for one in (*begin, *end))


def _message(request_id: str, model: str) -> dict[str, Any]:
    return {
        "id": request_id,
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
    }


def _stop(message: str) -> dict[str, Any]:
    details = {"type": "refusal", "category": None, "explanation": message}
    return {"stop_reason": "refusal", "stop_sequence": None, "stop_details": details}


def _event(value: Mapping[str, Any]) -> bytes:
    return f"event: {value['type']}\ndata: ".encode() + orjson.dumps(value) + b"\n\n"
