"""aiohttp's connections, with a memory: used before or fresh, silent or heard from."""

import asyncio
import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Protocol

from aiohttp import TCPConnector
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection


class Handler(ResponseHandler):
    """`uses` counts exchanges; `heard_at` is the loop's time of the last byte since the present
    exchange began, or None while there was none."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.uses = 0
        self.heard_at: float | None = None
        self._clock = loop.time

    def data_received(self, data: bytes) -> None:
        if data:  # aiohttp calls with nothing to go on with what it has
            self.heard_at = self._clock()
        super().data_received(data)

    def rest(self) -> None:
        """The answer is complete. What is heard from now on was not asked for."""
        self.heard_at = None

    def expire(self) -> None:
        """Wake whoever waits for a byte, with aiohttp's SocketTimeoutError."""
        self._on_read_timeout()


class Attempt(Protocol):
    """One try to send. It is told its connection before anything is sent on it."""

    def connected(self, handler: Handler) -> None: ...


# Set by the client around a send, in the task that then connects.
ATTEMPT: ContextVar[Attempt] = ContextVar("attempt to send")


class Connector(TCPConnector):
    """Hands out connections and tells the present Attempt which. A kept connection on which
    something arrived unasked is dropped: its bytes would be taken for the next answer."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        make: Callable[..., ResponseHandler] = Handler
        self._factory = functools.partial(make, loop=self._loop)

    async def connect(self, *args: Any, **options: Any) -> Connection:
        while True:
            connection = await super().connect(*args, **options)
            handler = connection.protocol
            if not isinstance(handler, Handler):
                raise TypeError("aiohttp made a connection of its own kind")
            if handler.heard_at is not None:
                connection.close()
                continue
            handler.uses += 1
            ATTEMPT.get().connected(handler)
            return connection
