"""Bodies, read once and strictly, before any route sees them."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from llm_gateway.domain.errors import BadRequest, GatewayError, TooLarge, UnsupportedMedia
from llm_gateway.wire import json_text

LIMIT = 64 * 1024
STATE = "admin_body_error"

_WITH_BODY = frozenset(("POST", "PUT", "PATCH", "DELETE"))


class _Disconnected(Exception):
    """The client went away before its body was whole."""


class StrictBodies:
    """Refuses bodies that are too large, not JSON, not an object, or have a key twice.

    The refusal is left in the request's state for the guard of the route to raise, so that who may not
    ask at all hears that first.
    """

    def __init__(self, app: ASGIApp, limits: Mapping[str, int]) -> None:
        """`limits` gives other sizes than 64 KiB for single paths."""
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _WITH_BODY:
            await self._app(scope, receive, send)
            return
        limit = self._limits.get(scope["path"], LIMIT)
        try:
            body = await _read(receive, limit)
        except _Disconnected:
            return
        error = _mistake(body, scope, limit)
        scope.setdefault("state", {})[STATE] = error
        await self._app(scope, _replay(b"" if error else body or b"", receive), send)


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The whole body; None when it is larger than the limit. What is beyond is not kept."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Disconnected
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        elif not message.get("more_body", False) or size > 2 * limit:
            return None
        if not message.get("more_body", False):
            return b"".join(chunks)


def _mistake(body: bytes | None, scope: Scope, limit: int) -> GatewayError | None:
    if body is None:
        return TooLarge(f"The body is larger than {limit} bytes.")
    if not body:
        return None
    if _media_type(scope) != b"application/json":
        return UnsupportedMedia("Send the body as JSON, with the header Content-Type: application/json.")
    return _json_mistake(body)


def _json_mistake(body: bytes) -> GatewayError | None:
    try:
        value = json_text.parse(body)
    except BadRequest as error:
        if error.code == "duplicate_key":  # its message holds the key, which is the sender's text
            return BadRequest("The body has a key twice in one object; send each once.", code="duplicate_key")
        return error
    if not isinstance(value, dict):
        return BadRequest("The body must be a JSON object.", code="invalid_json")
    return None


def _media_type(scope: Scope) -> bytes:
    types = [value for name, value in scope["headers"] if name == b"content-type"]
    return types[0].partition(b";")[0].strip().lower() if len(types) == 1 else b""


def _replay(body: bytes, receive: Receive) -> Receive:
    done = False

    async def replayed() -> Message:
        nonlocal done
        if done:
            return await receive()
        done = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
