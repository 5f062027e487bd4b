"""The floor: the least that an ASGI server with an aiohttp client can do. Nothing is read or checked."""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import aiohttp

Message = MutableMapping[str, Any]
UPSTREAM = os.environ.get("BENCH_UPSTREAM", "")

_session: aiohttp.ClientSession | None = None


async def application(
    scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    global _session  # noqa: PLW0603 one client for the life of the process, as every server has
    if scope["type"] != "http":
        return
    if _session is None:
        _session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), auto_decompress=False)
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = {"Content-Type": "application/json", "Authorization": "Bearer sk-bench"}
    async with _session.post(UPSTREAM, data=body, headers=headers) as answer:
        content = await answer.read()
        kind = answer.headers["Content-Type"].encode()
    head = [(b"content-type", kind), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": head})
    await send({"type": "http.response.body", "body": content})
