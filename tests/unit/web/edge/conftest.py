"""A server of the edge on a free port, around whatever application a test brings."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

import pytest
import uvloop

from llm_gateway.web.edge import Server
from llm_gateway.web.edge.exchange import Application
from llm_gateway.web.edge.limits import Limits

GET = b"GET /a HTTP/1.1\r\nHost: a\r\n\r\n"


@dataclass
class Client:
    """A client of one connection, made of raw bytes."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def to(cls, port: int) -> Self:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def head(self) -> bytes:
        async with asyncio.timeout(10):
            return await self.reader.readuntil(b"\r\n\r\n")

    async def rest(self) -> bytes:
        """Everything until the server closes or resets; fails after ten seconds."""
        got = b""
        with suppress(ConnectionError):
            async with asyncio.timeout(10):
                while data := await self.reader.read(65536):
                    got += data
        return got

    def drop(self) -> None:
        self.writer.transport.abort()


@dataclass
class Served:
    server: Server
    port: int
    clients: list[Client] = field(default_factory=list)

    async def client(self) -> Client:
        """A new client, dropped at the end of the test."""
        self.clients.append(await Client.to(self.port))
        return self.clients[-1]


Serve = Callable[..., Awaitable[Served]]


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that serves in production; its transports differ from asyncio's in detail."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def serving() -> AsyncIterator[Serve]:
    """Start with `await serving(application, header_timeout=…, …)`."""
    all_served: list[Served] = []

    async def start(application: Application, **limits: Any) -> Served:
        server = Server(application, Limits(**{"linger": 0.3, "drain_timeout": 2.0, **limits}))
        ((_, port),) = await server.listen()
        all_served.append(Served(server, port))
        return all_served[-1]

    yield start
    for served in all_served:
        await served.server.close()
        for client in served.clients:
            client.drop()
    await asyncio.sleep(0)
