"""The real edge on a free port, with an application that says what it was asked."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvloop

from llm_gateway.web.edge import Server
from llm_gateway.web.edge.exchange import Receive, Scope, Send
from llm_gateway.web.edge.limits import Limits
from tests.integration.framing.cases import Answer, answers


@dataclass
class Echo:
    """An application: answers with method, path and length of the body; remembers the paths."""

    paths: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["raw_path"].decode()
        self.paths.append(path)
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            size += len(message["body"])
            more = message["more_body"]
        body = json.dumps({"method": scope["method"], "path": path, "size": size}).encode()
        headers = [(b"content-length", b"%d" % len(body)), (b"x-seen", path[:100].encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@dataclass
class Edge:
    echo: Echo
    server: Server
    port: int

    async def say(self, data: bytes, port: int | None = None, pieces: int = 1) -> list[Answer]:
        return answers(await exchange(port or self.port, data, pieces))


async def exchange(port: int, data: bytes, pieces: int = 1) -> bytes:
    """Send `data` and give all that comes back until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    step = max(1, -(-len(data) // pieces))
    reading = asyncio.create_task(_read_all(reader))
    with suppress(OSError):
        for at in range(0, len(data), step):
            writer.write(data[at : at + step])
            await writer.drain()
            await asyncio.sleep(0)
    try:
        async with asyncio.timeout(5):
            return await reading
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _read_all(reader: asyncio.StreamReader) -> bytes:
    got = b""
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            got += data
    return got


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that serves in production; its transports differ from asyncio's in detail."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def edge(request: pytest.FixtureRequest) -> AsyncIterator[Edge]:
    """Limits can be given by indirect parameters."""
    limits: dict[str, Any] = getattr(request, "param", {})
    echo = Echo()
    server = Server(echo, Limits(**{"linger": 0.3, "drain_timeout": 1.0, **limits}))
    ((_, port),) = await server.listen()
    yield Edge(echo, server, port)
    await server.close()
