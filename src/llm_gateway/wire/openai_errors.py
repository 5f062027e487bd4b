"""The error envelope of all OpenAI's operations.

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
    return ErrorBody(problem.status, orjson.dumps(envelope(problem, request_id)), headers)


def envelope(problem: GatewayError, request_id: str) -> dict[str, Any]:
    """OpenAI's error object."""
    body: dict[str, Any] = {
        "message": problem.message,
        "type": _TYPES.get(problem.status, "invalid_request_error"),
        "param": problem.param,
        "code": problem.code,
    }
    if isinstance(problem, Blocked):
        body |= {"rule": problem.verdict.rule, "stage": problem.stage}
    return {"error": body | {"request_id": request_id}}
