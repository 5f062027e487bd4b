"""A provider made of raw bytes, and a client that may talk to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from ipaddress import ip_network

import pytest
import uvloop

from llm_gateway.ports.upstream import Timeouts, UpstreamRequest
from llm_gateway.upstream import HttpUpstream

FAST = Timeouts(connect=5.0, first_byte=8.0, idle=8.0, total=20.0)

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter, int], Awaitable[None]]


@dataclass
class Provider:
    """Counts connections and what they asked; behaves as it is told, request by request.

    `behave` gets the number of the connection, from 1; after it returns the connection is read on.
    """

    behave: Behaviour
    port: int = 0
    connections: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    requests: list[tuple[int, bytes]] = field(default_factory=list)
    closed: asyncio.Queue[int] = field(default_factory=asyncio.Queue)

    def request(self, path: str = "/v1/chat/completions", *, timeouts: Timeouts = FAST) -> UpstreamRequest:
        return UpstreamRequest(
            method="POST",
            url=f"http://127.0.0.1:{self.port}{path}",
            headers={"authorization": "Bearer provider-key", "content-type": "application/json"},
            body=b'{"model":"m"}',
            timeouts=timeouts,
        )

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        number = self.connections
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0] or 0)
                self.requests.append((number, head + await reader.readexactly(length)))
                self.asked.set()
                await self.behave(reader, writer, number)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            self.closed.put_nowait(number)


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that serves in production; its transports differ from asyncio's in detail."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def provide() -> AsyncIterator[Callable[[Behaviour], Awaitable[Provider]]]:
    servers: list[asyncio.Server] = []

    async def start(behave: Behaviour) -> Provider:
        provider = Provider(behave)
        server = await asyncio.start_server(provider.serve, "127.0.0.1", 0)
        servers.append(server)
        provider.port = server.sockets[0].getsockname()[1]
        return provider

    yield start
    for server in servers:
        server.close()


@pytest.fixture
async def upstream() -> AsyncIterator[HttpUpstream]:
    client = HttpUpstream(allow=(ip_network("127.0.0.0/8"),), max_answer_bytes=4 * 1024 * 1024)
    yield client
    await client.close()
