"""Slow, silent and early-leaving clients."""

import asyncio
import time

import pytest

from llm_gateway.web.edge import ClientGone
from llm_gateway.web.edge.exchange import Receive, Scope, Send
from tests.unit.web.edge.conftest import GET, Serve

MIB = 1024 * 1024
POST = b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"


async def answer(send: Send, body: bytes = b"ok", status: int = 200) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def prompt(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads the whole body, then answers."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if not message["more_body"]:
            break
    await answer(send)


async def test_a_silent_connection_is_closed_without_a_word(serving: Serve) -> None:
    """Browsers connect ahead; a 408 nobody asked for would be read as an answer."""
    client = await (await serving(prompt, header_timeout=0.2)).client()

    assert await client.rest() == b""


async def test_half_a_head_is_answered_408(serving: Serve) -> None:
    """The header deadline ends a request that stays unfinished."""
    client = await (await serving(prompt, header_timeout=0.2)).client()
    await client.send(GET[:20])

    assert (await client.rest()).startswith(b"HTTP/1.1 408 ")


async def test_dribbling_does_not_move_the_header_deadline(serving: Serve) -> None:
    """A byte now and then buys no time."""
    client = await (await serving(prompt, header_timeout=0.3)).client()
    began = time.monotonic()

    async def dribble() -> None:
        for byte in GET + b" " * 100:
            await client.send(bytes((byte,)))
            await asyncio.sleep(0.03)

    dribbling = asyncio.create_task(dribble())
    got = await client.rest()
    dribbling.cancel()
    await asyncio.gather(dribbling, return_exceptions=True)

    assert got.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < 1.0


async def test_an_idle_kept_connection_is_closed(serving: Serve) -> None:
    """After an answer, silence has its own limit."""
    client = await (await serving(prompt, keep_alive_timeout=0.2)).client()
    await client.send(GET)

    assert (await client.rest()).endswith(b"ok")


async def test_the_header_deadline_holds_between_requests(serving: Serve) -> None:
    """The second head on a kept connection may not take longer than the first."""
    client = await (await serving(prompt, header_timeout=0.3)).client()
    await client.send(GET)
    await client.head()
    await client.send(GET[:10])

    assert b"HTTP/1.1 408 " in await client.rest()


async def test_a_slow_body_is_answered_408(serving: Serve) -> None:
    """A body slower than the least rate ends, and the application hears that it is alone."""
    seen = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] == "http.request":
            seen.append(message["body"])
        seen.append("gone")

    client = await (await serving(application, grace=0.2, min_rate=1000)).client()
    await client.send(POST % 1000 + b"abc")

    assert (await client.rest()).startswith(b"HTTP/1.1 408 ")
    assert seen == [b"abc", "gone"]


async def test_a_fast_enough_body_is_not_hurried(serving: Serve) -> None:
    """A body that takes longer than the grace but keeps the rate arrives."""
    client = await (await serving(prompt, grace=0.2, min_rate=1000)).client()
    await client.send(POST % 1200)
    for _ in range(12):
        await client.send(b"x" * 100)
        await asyncio.sleep(0.04)

    assert (await client.head()).startswith(b"HTTP/1.1 200 ")


async def test_the_applications_slowness_is_not_the_clients(serving: Serve) -> None:
    """While the application does not want the body, the client cannot be late with it."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.8)
        await prompt(scope, receive, send)

    client = await (await serving(application, grace=0.2, min_rate=10 * MIB, read_buffer=1024)).client()
    await client.send(POST % (2 * MIB))
    sending = asyncio.create_task(client.send(b"x" * 2 * MIB))

    assert (await client.head()).startswith(b"HTTP/1.1 200 ")
    await sending


async def test_a_body_that_nobody_reads_is_not_taken_in(serving: Serve) -> None:
    """The connection stops reading; what is not in the sockets' buffers stays with the client."""
    started = asyncio.Event()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        started.set()
        await asyncio.sleep(10)

    served = await serving(application)
    client = await served.client()
    client.writer.write(POST % (100 * MIB) + b"x" * (50 * MIB))
    await started.wait()
    await asyncio.sleep(0.2)

    (connection,) = served.server.connections
    exchange = connection._exchange
    assert exchange is not None
    assert exchange.body_held < MIB
    assert client.writer.transport.get_write_buffer_size() > 30 * MIB


async def test_an_early_refusal_reaches_a_client_that_is_still_sending(serving: Serve) -> None:
    """Answered without reading 100 MB: the answer is there, and the connection ends soon."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await answer(send, b"too large", 413)

    client = await (await serving(application)).client()
    client.writer.write(POST % (100 * MIB) + b"x" * (64 * MIB))
    began = time.monotonic()
    got = await client.rest()

    assert got.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close\r\n" in got
    assert time.monotonic() - began < 1.5
    assert client.writer.transport.get_write_buffer_size() > 30 * MIB


@pytest.mark.parametrize("kept", [True, False])
async def test_a_client_that_does_not_read_is_cut(serving: Serve, kept: bool) -> None:
    """The application is held back, the buffer stays small, and after the grace all is over."""
    largest = 0
    gone = asyncio.Event()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal largest
        await send({"type": "http.response.start", "status": 200, "headers": []})
        try:
            while True:
                await send({"type": "http.response.body", "body": b"x" * 50_000, "more_body": True})
                (connection,) = served.server.connections
                largest = max(largest, connection._transport.get_write_buffer_size())
        except ClientGone:
            gone.set()

    served = await serving(application, write_grace=0.3)
    client = await served.client()
    client.reader._limit = 1000  # type: ignore[attr-defined]
    await client.send(GET if kept else GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    await asyncio.wait_for(gone.wait(), 3)
    await asyncio.sleep(0.001)

    assert largest <= 256 * 1024
    assert not served.server.connections


async def test_a_large_answer_is_written_in_pieces(serving: Serve) -> None:
    """One message of 4 MB does not make a buffer of 4 MB, and arrives whole."""
    largest = 0

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        watching = asyncio.create_task(watch())
        await answer(send, b"x" * 4 * MIB)
        watching.cancel()

    async def watch() -> None:
        nonlocal largest
        while True:
            sizes = [line._transport.get_write_buffer_size() for line in served.server.connections]
            largest = max(largest, *sizes)
            await asyncio.sleep(0.001)

    served = await serving(application)
    client = await served.client()
    await client.send(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    _, _, body = (await client.rest()).partition(b"\r\n\r\n")

    assert len(body) == 4 * MIB
    assert largest <= 256 * 1024


async def test_hundreds_of_idle_connections_do_not_disturb(serving: Serve) -> None:
    """Connections that say nothing cost memory only; a request beside them is answered at once."""
    served = await serving(prompt)
    for _ in range(300):
        await served.client()
    client = await served.client()
    began = time.monotonic()
    for _ in range(20):
        await client.send(GET)
        await client.head()
        await client.reader.readexactly(2)

    assert time.monotonic() - began < 1.0
