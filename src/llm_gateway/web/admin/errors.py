"""Errors as this API tells them: `{"error": {"message", "type", "param", "code"}}`."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from llm_gateway.domain.errors import BadRequest, GatewayError, RateLimited

_log = logging.getLogger(__name__)

_TYPES = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    429: "rate_limit_error",
}
_HTTP = {
    404: ("not_found", "There is nothing at this address; see /docs."),
    405: ("method_not_allowed", "This address does not take that method; see /docs."),
}


class ErrorDetail(BaseModel):
    """What went wrong. `param` names the field or parameter at fault."""

    message: str
    type: str
    param: str | None
    code: str


class ErrorBody(BaseModel):
    """Every error of this API."""

    error: ErrorDetail


def answer(error: GatewayError) -> Response:
    """The error as an answer."""
    headers: dict[str, str] = {}
    if error.status == 401:
        headers["www-authenticate"] = "Bearer"
    if isinstance(error, RateLimited):
        headers["retry-after"] = str(max(1, round(error.retry_after)))
    return _envelope(error.status, error.message, error.code, error.param, headers)


def _envelope(
    status: int, message: str, code: str, param: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    detail = ErrorDetail(message=message, type=_kind(status), param=param, code=code)
    return JSONResponse(ErrorBody(error=detail).model_dump(), status, headers)


def detail_of(error: GatewayError) -> ErrorDetail:
    """The error as part of an answer that has more to tell."""
    return ErrorDetail(message=error.message, type=_kind(error.status), param=error.param, code=error.code)


def _kind(status: int) -> str:
    return _TYPES.get(status, "invalid_request_error" if status < 500 else "api_error")


def install(app: FastAPI) -> None:
    """Makes all errors of `app` look the same."""
    app.add_exception_handler(GatewayError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unknown)


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, GatewayError)  # noqa: S101 - how starlette types handlers
    if error.status >= 500:
        _log.error("administrative API: %s (%s)", error.message, error.detail)
    return answer(error)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - how starlette types handlers
    problems = error.errors()
    unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]
    return answer(_explained((unknown or problems)[0], request))


def _explained(problem: Mapping[str, Any], request: Request) -> BadRequest:
    """A mistake, in words that hold nothing of what was sent.

    Pydantic's messages tell what was expected. The place is told only where it is one of our own
    names: an unknown field's name is the sender's text.
    """
    kind, place = problem["type"], [part for part in problem["loc"][1:] if isinstance(part, str)]
    if kind == "extra_forbidden":
        return BadRequest(_unknown_field(request), code="unknown_field")
    param = ".".join(place) or None
    if kind == "missing" and param:
        return BadRequest(f"{param} is required.", code="missing_field", param=param)
    if kind == "missing":
        return BadRequest("The request needs a JSON body; see /docs.", code="missing_body")
    return BadRequest(f"{param or 'The body'}: {problem['msg']}.", code="invalid_value", param=param)


def _unknown_field(request: Request) -> str:
    body = getattr(request.scope.get("route"), "body_field", None)
    model = getattr(getattr(body, "field_info", None), "annotation", None)
    names = getattr(model, "model_fields", None)
    if not names:
        return "The request has a field or parameter that this address does not take; see /docs."
    return f"The request has a field that this address does not take; it takes: {', '.join(names)}."


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - how starlette types handlers
    code, message = _HTTP.get(error.status_code, ("http_error", "The request cannot be answered; see /docs."))
    return _envelope(error.status_code, message, code, headers=error.headers)


async def _unknown(request: Request, error: Exception) -> Response:
    """Starlette raises the error again after this answer, so that it is logged once."""
    return _envelope(500, "Something went wrong here; the log of the gateway has more.", "internal_error")
