"""From the client's leaving to the provider's noticing, through the edge and the pools."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from llm_gateway.settings import load
from llm_gateway.upstream import HttpUpstream
from llm_gateway.web.edge import Server, connected, read_body
from llm_gateway.web.edge.exchange import Receive, Scope, Send
from llm_gateway.web.edge.limits import Limits
from tests.integration.upstream.conftest import Behaviour, Provider

Provide = Callable[[Behaviour], Awaitable[Provider]]
CLIENTS = 40
SETTINGS = load()
REQUEST = b"POST /%b HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"
HEAD = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


async def speaking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
    """Begins an answer for those that wait for a stream, and then says nothing more."""
    writer.write(HEAD + b"5\r\nfirst\r\n")
    await reader.read(1)


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
    await reader.read(1)


class Relay:
    """The least that a gateway does: /stream passes pieces on, /whole collects them first."""

    def __init__(self, upstream: HttpUpstream, provider: Provider) -> None:
        self.upstream = upstream
        self.provider = provider
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive, scope["headers"], SETTINGS)
        self.running += 1
        try:
            async with connected(scope, receive):
                await self._pass_on(scope["path"] == "/stream", body, send)
        finally:
            self.running -= 1

    async def _pass_on(self, streamed: bool, body: bytes, send: Send) -> None:
        answer = await self.upstream.send(replace(self.provider.request(), body=body))
        try:
            await send({"type": "http.response.start", "status": answer.status, "headers": []})
            if not streamed:
                await send({"type": "http.response.body", "body": await answer.read(1000)})
                return
            async for piece in answer.chunks():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        finally:
            await answer.close()


@pytest.mark.parametrize(
    ("path", "behaviour"),
    [(b"stream", silent), (b"stream", speaking), (b"whole", speaking)],
    ids=["before the first byte", "in the middle of a stream", "while an answer is collected"],
)
async def test_every_provider_hears_of_every_client_that_left(
    provide: Provide, upstream: HttpUpstream, path: bytes, behaviour: Behaviour
) -> None:
    """All of them within a second, and nothing keeps running for nobody."""
    provider = await provide(behaviour)
    relay = Relay(upstream, provider)
    server = Server(relay, Limits())
    ((_, port),) = await server.listen()
    clients = [(await asyncio.open_connection("127.0.0.1", port))[1] for _ in range(CLIENTS)]
    for client in clients:
        client.write(REQUEST % path)
    async with asyncio.timeout(5):
        while len(provider.requests) < CLIENTS:
            provider.asked.clear()
            await provider.asked.wait()
    for client in clients:
        client.close()

    async with asyncio.timeout(1):
        closed = {await provider.closed.get() for _ in range(CLIENTS)}
    await asyncio.sleep(0.05)

    assert len(closed) == CLIENTS
    assert relay.running == 0
    await server.close()
