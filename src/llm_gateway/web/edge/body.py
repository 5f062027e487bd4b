"""Reading a request's body within the limits, for ASGI applications."""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from llm_gateway.domain.errors import BadRequest, TooLarge, UnsupportedMedia
from llm_gateway.settings import Settings
from llm_gateway.web.edge.presence import ClientGone


async def read_body(
    receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
    headers: Iterable[tuple[bytes, bytes]],
    settings: Settings,
) -> bytes:
    """The whole body, at most `settings.max_body_bytes`.

    `headers` are those of the scope. Raises TooLarge before anything is read when Content-Length
    says so; TooLarge while reading; UnsupportedMedia for a compressed body, which could hide more
    than the limit; ClientGone when the client leaves before the end.
    """
    _check(headers, settings.max_body_bytes)
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        size += len(part)
        if size > settings.max_body_bytes:
            raise _too_large(settings.max_body_bytes)
        if not message.get("more_body", False):
            return b"".join((*parts, part)) if parts else part
        parts.append(part)


def _check(headers: Iterable[tuple[bytes, bytes]], limit: int) -> None:
    for name, value in headers:
        if name == b"content-encoding" and value.lower() not in (b"", b"identity"):
            raise UnsupportedMedia("Send the body uncompressed, without Content-Encoding.")
        if name == b"content-length":
            if not value.isdigit():
                raise BadRequest("Content-Length must be decimal digits.", param="content-length")
            if int(value) > limit:
                raise _too_large(limit)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The body is larger than {limit} bytes; the setting max_body_bytes raises the limit.")
