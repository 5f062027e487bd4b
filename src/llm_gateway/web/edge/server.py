"""Listening, the sweep of deadlines, and an orderly end."""

import asyncio
import functools
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from email.utils import formatdate
from typing import Any

from llm_gateway.settings import Settings
from llm_gateway.web.edge.connection import Connection
from llm_gateway.web.edge.exchange import Application, Exchange, Scope
from llm_gateway.web.edge.lifespan import lifespan
from llm_gateway.web.edge.limits import Limits

Address = tuple[str, int]

_BACKLOG = 2048


class Server:
    """Serves one application on some sockets. Implements `connection.Host`."""

    def __init__(self, application: Application, limits: Limits, state: dict[str, Any] | None = None) -> None:
        self.application = application
        self.limits = limits
        self.state = state or {}
        self.draining = False
        self.date_line = _date_line()
        self.connections: set[Connection] = set()
        self._exchanges: dict[Exchange, asyncio.Task[None]] = {}
        self._listeners: list[asyncio.Server] = []
        self._emptied = asyncio.Event()
        self._sweep: asyncio.Task[None] | None = None

    async def listen(
        self, host: str = "127.0.0.1", port: int = 0, sockets: Sequence[socket.socket] | None = None
    ) -> list[Address]:
        """Begin to accept; gives the addresses. `sockets`, already bound, go before host and port."""
        loop = asyncio.get_running_loop()
        make = functools.partial(Connection, self, loop)
        if sockets is None:
            self._listeners = [await loop.create_server(make, host, port, backlog=_BACKLOG)]
        else:
            self._listeners = [
                await loop.create_server(make, sock=given, backlog=_BACKLOG) for given in sockets
            ]
        self._sweep = asyncio.create_task(self._keep_sweeping(), name="sweep of the edge's deadlines")
        names = (bound.getsockname() for listener in self._listeners for bound in listener.sockets)
        return [(str(name[0]), int(name[1])) for name in names if isinstance(name, tuple)]

    def start(self, exchange: Exchange, scope: Scope) -> None:
        self._exchanges[exchange] = asyncio.create_task(self._run(exchange, scope))

    async def _run(self, exchange: Exchange, scope: Scope) -> None:
        try:
            await exchange.run(self.application, scope)
        finally:
            del self._exchanges[exchange]

    async def _keep_sweeping(self) -> None:
        limits = self.limits
        shortest = min(
            limits.header_timeout, limits.keep_alive_timeout, limits.grace, limits.write_grace, limits.linger
        )
        pause = min(0.5, shortest / 4)
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(pause)
            self.date_line = _date_line()
            now = loop.time()
            for connection in list(self.connections):
                if now >= connection.deadline or connection.stalled:
                    connection.check(now)

    async def drain(self) -> bool:
        """Accept nothing more, let running exchanges finish, then close. True when all finished.

        What is not finished after `drain_timeout` is cut, so that it does not look complete.
        """
        self.draining = True
        for listener in self._listeners:
            listener.close()
        for connection in list(self.connections):
            connection.drain()
        try:
            async with asyncio.timeout(self.limits.drain_timeout):
                await self._finish()
        except TimeoutError:
            pass
        finished = not self._exchanges
        await self.close()
        return finished

    async def _finish(self) -> None:
        """Until every answer is made and has flowed out."""
        if self._exchanges:
            await asyncio.wait(tuple(self._exchanges.values()))
        while self.connections:
            self._emptied.clear()
            await self._emptied.wait()

    def closed(self, connection: Connection) -> None:
        self.connections.discard(connection)
        if not self.connections:
            self._emptied.set()

    async def close(self) -> None:
        """Cut everything that is left."""
        for listener in self._listeners:
            listener.close()
        running = tuple(self._exchanges.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for connection in list(self.connections):
            connection.abort()
        if self._sweep is not None:
            self._sweep.cancel()
            with suppress(asyncio.CancelledError):
                await self._sweep
        for listener in self._listeners:
            await listener.wait_closed()


async def serve(
    application: Application,
    settings: Settings,
    *,
    on_ready: Callable[[list[Address]], None] | None = None,
    on_drain: Callable[[], None] | None = None,
    sockets: Sequence[socket.socket] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then drain and return. A second signal cuts what still runs.

    `on_ready` is told the addresses once connections are accepted; `on_drain` is called at the
    first signal, before anything waits, so that readiness can turn false. Raises OSError when the
    address cannot be had and StartupFailed when the application refuses to start. Call it in the
    main thread: only there signals can be received.
    """
    stop = asyncio.Event()
    hurry = asyncio.Event()
    _on_signals(lambda: hurry.set() if stop.is_set() else stop.set())
    async with lifespan(application) as state:
        server = Server(application, Limits.of(settings), state)
        addresses = await server.listen(settings.host, settings.port, sockets)
        if on_ready is not None:
            on_ready(addresses)
        await stop.wait()
        if on_drain is not None:
            on_drain()
        await _first(server.drain(), hurry.wait())
        await server.close()


def _on_signals(act: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, act)


async def _first(*works: Any) -> None:
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _date_line() -> bytes:
    return b"date: %b\r\n" % formatdate(usegmt=True).encode()
