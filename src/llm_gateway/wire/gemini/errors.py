"""Errors and refusals as Gemini's clients expect them.

https://cloud.google.com/apis/design/errors: code, message, status and details. The SDKs choose the
exception by HTTP status, and raise inside a stream on a chunk whose first member is `error`.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from llm_gateway.domain.errors import Blocked, GatewayError, RateLimited
from llm_gateway.wire.format import ErrorBody

_STATUS: Mapping[int, str] = {
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_TYPE = "type.googleapis.com/google.rpc."


def error(problem: GatewayError, request_id: str) -> ErrorBody:
    """The whole error answer."""
    headers = {}
    if isinstance(problem, RateLimited):
        headers["retry-after"] = str(max(1, round(problem.retry_after)))
    return ErrorBody(problem.status, orjson.dumps(envelope(problem, request_id)), headers)


def envelope(problem: GatewayError, request_id: str) -> dict[str, Any]:
    """Google's error object."""
    about = {"code": problem.code, "param": problem.param, "requestId": request_id}
    if isinstance(problem, Blocked):
        about |= {"rule": problem.verdict.rule, "stage": problem.stage}
    details: list[dict[str, Any]] = [
        {
            "@type": _TYPE + "ErrorInfo",
            "reason": problem.code.upper(),
            "domain": "llm-gateway",
            "metadata": {name: value for name, value in about.items() if value is not None},
        }
    ]
    if isinstance(problem, RateLimited):
        details.append({"@type": _TYPE + "RetryInfo", "retryDelay": f"{max(1, round(problem.retry_after))}s"})
    status = _STATUS.get(problem.status, "INVALID_ARGUMENT")
    return {
        "error": {"code": problem.status, "message": problem.message, "status": status, "details": details}
    }


def refusal(message: str, request_id: str, model: str) -> dict[str, Any]:
    """An answer that says no, complete as a body and as the last chunk of a stream."""
    candidate = {
        "content": {"role": "model", "parts": [{"text": message}]},
        "finishReason": "SAFETY",
        "finishMessage": message,
        "index": 0,
    }
    return {
        "candidates": [candidate],
        "usageMetadata": {"promptTokenCount": 0, "candidatesTokenCount": 0, "totalTokenCount": 0},
        "modelVersion": model,
        "responseId": request_id,
    }


def sse(value: Mapping[str, Any]) -> bytes:
    """A chunk as a server-sent event."""
    return b"data: " + orjson.dumps(value) + b"\r\n\r\n"
