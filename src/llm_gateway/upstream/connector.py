"""aiohttp's connections, with a memory: used before or fresh, silent or heard from."""

import asyncio
import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Protocol

from aiohttp import ClientPayloadError, SocketTimeoutError, StreamReader, TCPConnector
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection


class Overflow(ClientPayloadError):
    """More bytes came than any framing of the largest answer needs."""


class Handler(ResponseHandler):
    """`uses` counts exchanges; `heard_at` is the loop's time of the last byte since the present
    exchange began, or None while there was none; `may_hear` is how many bytes it may still bring,
    whatever they are: heads, chunk sizes and extensions count."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.uses = 0
        self.heard_at: float | None = None
        self.may_hear = 0
        self._stream: StreamReader | None = None
        self._clock = loop.time

    def data_received(self, data: bytes) -> None:
        if data:  # aiohttp calls with nothing to go on with what it has
            self.heard_at = self._clock()
            self.may_hear -= len(data)
            if self.may_hear < 0:
                self.set_exception(Overflow())
                self.abort()
                return
        super().data_received(data)

    def read_through(self, stream: StreamReader) -> None:
        """`stream` is where the body of the present answer is read."""
        self._stream = stream
        stream.on_eof(self._rest)

    def _rest(self) -> None:
        """The answer is complete. What is heard from now on was not asked for."""
        self.heard_at = None
        self._stream = None

    def set_exception(self, exc: BaseException, *cause: BaseException) -> None:
        """aiohttp does not always tell the reader of the body, who would then wait for ever."""
        super().set_exception(exc, *cause)
        stream = self._stream
        if stream is not None and not stream.is_eof() and stream.exception() is None:
            stream.set_exception(exc, *cause)

    def expire(self) -> None:
        """Wake whoever waits for a byte."""
        self.set_exception(SocketTimeoutError("a limit of the exchange was passed"))


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
            if handler.uses and handler.heard_at is not None:
                connection.close()
                continue
            handler.uses += 1
            ATTEMPT.get().connected(handler)
            return connection
