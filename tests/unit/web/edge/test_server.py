"""Listening and ending in order."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from llm_gateway.web.edge.exchange import Receive, Scope, Send
from llm_gateway.web.edge.lifespan import StartupFailed, lifespan
from tests.unit.web.edge.conftest import GET, Serve


class Slow:
    """Begins an answer at once and ends it when told."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.release = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        self.begun.set()
        await self.release.wait()
        await send({"type": "http.response.body", "body": b"last"})


async def test_draining_lets_running_exchanges_finish(serving: Serve) -> None:
    """Idle connections end at once, nothing new is accepted, and the stream ends whole."""
    slow = Slow()
    served = await serving(slow)
    idle, busy = await served.client(), await served.client()
    await busy.send(GET)
    await slow.begun.wait()
    draining = asyncio.create_task(served.server.drain())

    assert await idle.rest() == b""
    with pytest.raises(ConnectionRefusedError):
        await served.client()
    assert not draining.done()
    slow.release.set()
    assert (await busy.rest()).endswith(b"5\r\nfirst\r\n4\r\nlast\r\n0\r\n\r\n")
    assert await draining is True


async def test_a_kept_connection_is_told_that_it_ends(serving: Serve) -> None:
    """An answer that begins while draining says so in its head."""
    release = asyncio.Event()
    begun = asyncio.Event()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        begun.set()
        await release.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    served = await serving(application)
    client = await served.client()
    await client.send(GET)
    await begun.wait()
    draining = asyncio.create_task(served.server.drain())
    await asyncio.sleep(0)
    release.set()

    assert b"connection: close" in await client.head()
    assert await draining is True


async def test_what_does_not_finish_in_time_is_cut(serving: Serve) -> None:
    """After drain_timeout a stream ends without its end mark."""
    slow = Slow()
    served = await serving(slow, drain_timeout=0.2)
    client = await served.client()
    await client.send(GET)
    await slow.begun.wait()

    assert await served.server.drain() is False
    assert (await client.rest()).endswith(b"5\r\nfirst\r\n")


async def test_the_application_is_told_of_begin_and_end() -> None:
    """Startup before, shutdown after, and what it put into the state is handed on."""
    told = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(2):
            kind = (await receive())["type"]
            told.append(kind)
            scope["state"]["a"] = 1
            await send({"type": f"{kind}.complete"})

    async with lifespan(application) as state:
        assert (told, state) == (["lifespan.startup"], {"a": 1})
    assert told == ["lifespan.startup", "lifespan.shutdown"]


async def test_an_application_without_lifespan_is_served() -> None:
    """Returning is a way to say that one has nothing to start."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        return

    async with lifespan(application) as state:
        assert state == {}


async def test_a_failed_startup_stops_the_start() -> None:
    """Said or raised, it is not served over."""

    async def saying(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no"})

    async def raising(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("no")

    with pytest.raises(StartupFailed, match="no"):
        async with lifespan(saying):
            pass
    with pytest.raises(LookupError, match="no"):
        async with lifespan(raising):
            pass


PROGRAM = """
import asyncio, uvloop
from llm_gateway.settings import load
from llm_gateway.web.edge import serve

async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"first", "more_body": True})
    await asyncio.sleep(float(scope["path"][1:]))
    await send({"type": "http.response.body", "body": b"last"})

def ready(addresses):
    print(addresses[0][1], flush=True)

uvloop.run(serve(application, load(port=0), on_ready=ready, on_drain=lambda: print("draining", flush=True)))
"""


@pytest.mark.parametrize(("number", "times"), [(signal.SIGTERM, 1), (signal.SIGINT, 1), (signal.SIGTERM, 2)])
async def test_signals_end_the_process_in_order(number: signal.Signals, times: int, tmp_path: Path) -> None:
    """One signal: the stream finishes and the exit code is 0. Two: what runs is cut, still 0."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, stdout=asyncio.subprocess.PIPE, cwd=tmp_path
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        port = int(await process.stdout.readline())
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        seconds = b"0.5" if times == 1 else b"30"
        writer.write(b"GET /%b HTTP/1.1\r\nHost: a\r\n\r\n" % seconds)
        await reader.readuntil(b"first")
        process.send_signal(number)
        assert await process.stdout.readline() == b"draining\n"
        if times == 2:
            process.send_signal(number)
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await reader.readuntil(b"0\r\n\r\n")
        else:
            assert (await reader.read()).endswith(b"4\r\nlast\r\n0\r\n\r\n")
        assert await process.wait() == 0
    writer.close()
