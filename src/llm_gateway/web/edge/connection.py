"""One client connection.

    HEAD ──head──▶ BODY ──last byte──▶ ANSWER ──answered──▶ HEAD
      │              │                    │
      └──refused─────┴────────────────────┴──▶ LEAVING ──▶ closed

HEAD     waiting for a request, or reading its head
BODY     an exchange runs and its body is still arriving
ANSWER   an exchange runs and its body is complete; further bytes wait
LEAVING  the last bytes are written; what still arrives is thrown away, so that the client's
         kernel does not drop our answer for an unread byte (RFC 9112 section 9.6)

`deadline` is the moment at which the connection, in its present state, has taken too long. The
server compares it with the clock a few times a second; setting it costs an assignment, not a timer.
"""

import asyncio
import enum
import socket
import struct
from collections.abc import Awaitable, Callable
from math import inf
from typing import Any, Protocol, cast

from llm_gateway.web.edge.exchange import Application, Exchange
from llm_gateway.web.edge.framing import BodyReader, ChunkedBody, SizedBody
from llm_gateway.web.edge.head import Head, HeadReader
from llm_gateway.web.edge.limits import Limits
from llm_gateway.web.edge.refusal import Refused, refusal

# SO_LINGER of zero seconds: closing sends RST and frees the buffers.
_RESET = struct.pack("ii", 1, 0)


class Host(Protocol):
    """What a connection needs of its server."""

    application: Application
    limits: Limits
    state: dict[str, Any]
    draining: bool
    date_line: bytes
    connections: set["Connection"]

    def start(self, exchange: Exchange, scope: Any) -> None: ...

    def closed(self, connection: "Connection") -> None: ...


class State(enum.Enum):
    HEAD = enum.auto()
    BODY = enum.auto()
    ANSWER = enum.auto()
    LEAVING = enum.auto()


class Connection(asyncio.Protocol):
    """Implements `exchange.Line`."""

    __slots__ = (
        "_body",
        "_client",
        "_discarded",
        "_drained",
        "_exchange",
        "_heads",
        "_host",
        "_limits",
        "_loop",
        "_own",
        "_paused_at",
        "_pipelined",
        "_received",
        "_since",
        "_stall_size",
        "_stalled_at",
        "_state",
        "_transport",
        "deadline",
    )

    _transport: asyncio.Transport

    def __init__(self, host: Host, loop: asyncio.AbstractEventLoop) -> None:
        self._host = host
        self._limits = host.limits
        self._loop = loop
        self._state = State.HEAD
        self._heads = HeadReader(host.limits)
        self._exchange: Exchange | None = None
        self._body: BodyReader | None = None
        self._pipelined = b""
        self._received = 0
        self._discarded = 0
        self._since = 0.0
        self._paused_at: float | None = None
        self._stalled_at: float | None = None
        self._stall_size = 0
        self._drained: asyncio.Future[None] | None = None
        self.deadline = inf

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=self._limits.write_buffer)
        self._client = _address(transport.get_extra_info("peername"))
        self._own = _address(transport.get_extra_info("sockname"))
        self._host.connections.add(self)
        self.deadline = self._loop.time() + self._limits.header_timeout

    def connection_lost(self, error: Exception | None) -> None:
        self._host.closed(self)
        self.deadline = inf
        self._lose()

    def eof_received(self) -> bool:
        """A client that closes its half has left: nobody waits minutes for a model with a shut pipe."""
        self._lose()
        return False

    def data_received(self, data: bytes) -> None:
        try:
            if self._state is State.HEAD:
                self._read_head(data)
            elif self._state is State.BODY:
                self._read_body(data)
            elif self._state is State.ANSWER:
                self._hold(data)
            else:
                self._discard(len(data))
        except Refused as refused:
            self._refuse(refused)

    def pause_writing(self) -> None:
        self._stalled_at = self._loop.time()
        self._stall_size = self._transport.get_write_buffer_size()

    def resume_writing(self) -> None:
        self._stalled_at = None
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)

    # Reading.

    def _read_head(self, data: bytes) -> None:
        if not self._heads.started:
            self.deadline = min(self.deadline, self._loop.time() + self._limits.header_timeout)
        head = self._heads.feed(data)
        if head is not None:
            self._begin(head, self._heads.rest)

    def _begin(self, head: Head, rest: bytes) -> None:
        exchange = self._exchange = Exchange(self, head)
        self._host.start(exchange, exchange.scope(self._client, self._own, self._host.state.copy()))
        if head.length == 0:
            self._await_answer(rest)
            return
        self._body = ChunkedBody() if head.length is None else SizedBody(head.length)
        self._state = State.BODY
        self._received = 0
        self._since = self._loop.time()
        self.deadline = self._since + self._limits.grace
        if rest:
            self._read_body(rest)

    def _read_body(self, data: bytes) -> None:
        body, exchange = self._body, self._exchange
        if body is None or exchange is None:
            return
        self._received += len(data)
        piece = body.feed(data)
        if piece or body.done:
            exchange.feed(piece, body.done)
        if body.done:
            self._await_answer(body.rest)
        elif exchange.body_held > self._limits.read_buffer:
            self._pause()

    def _await_answer(self, rest: bytes) -> None:
        self._body = None
        self._state = State.ANSWER
        self.deadline = inf
        if rest:
            self._hold(rest)

    def _hold(self, data: bytes) -> None:
        """A client may send its next request early; it is read when this one is answered."""
        self._pipelined += data
        if len(self._pipelined) > self._limits.read_buffer:
            self._pause()

    def _pause(self) -> None:
        if self._paused_at is None and not self._transport.is_closing():
            self._paused_at = self._loop.time()
            self._transport.pause_reading()

    def _resume(self) -> None:
        """The time in which we did not want the body does not count against the client."""
        if self._paused_at is not None:
            self._since += self._loop.time() - self._paused_at
            self._paused_at = None
            if not self._transport.is_closing():
                self._transport.resume_reading()

    # exchange.Line

    @property
    def draining(self) -> bool:
        return self._host.draining

    def date_line(self) -> bytes:
        return self._host.date_line

    def soon(self, call: Callable[[], None]) -> None:
        self._loop.call_soon(call)

    def write(self, data: bytes) -> None:
        self._transport.write(data)

    def writable(self) -> Awaitable[None] | None:
        if self._stalled_at is None:
            return None
        if self._drained is None or self._drained.done():
            self._drained = self._loop.create_future()
        return self._drained

    def want_body(self) -> None:
        self._resume()

    def cut(self) -> None:
        """End an answer that is not complete. What was sent of it arrives; without its last chunk
        or its whole length it does not look complete. An answer that only the end delimits would,
        so that one is reset."""
        exchange = self._exchange
        self._lose()
        if self._transport.is_closing():
            return
        if exchange is not None and exchange.ends_with_connection:
            self._reset()
        else:
            self._leave(linger=False)

    def abort(self) -> None:
        """End the connection now, whatever it was doing."""
        self._lose()
        self._transport.abort()

    def _reset(self) -> None:
        """Abort, and let the kernel forget what the client did not take."""
        connection = self._transport.get_extra_info("socket")
        if connection is not None and not self._transport.is_closing():
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.abort()

    def answered(self, exchange: Exchange) -> None:
        self._exchange = None
        if self._state is State.LEAVING or self._transport.is_closing():
            return
        unread = self._state is State.BODY or self._pipelined != b""
        if not exchange.keep_alive or self._state is State.BODY or self._host.draining:
            self._leave(linger=unread)
            return
        self._state = State.HEAD
        self.deadline = self._loop.time() + self._limits.keep_alive_timeout
        self._resume()
        if self._pipelined:
            data, self._pipelined = self._pipelined, b""
            self.data_received(data)

    # Ending.

    def _refuse(self, refused: Refused) -> None:
        """Answer with the refusal, unless an answer has begun: then cutting it is all there is."""
        if self._exchange is not None and self._exchange.started:
            self.cut()
            return
        self._lose()
        self._transport.write(refusal(refused.status, refused.code, refused.message))
        self._leave(linger=True)

    def _leave(self, *, linger: bool) -> None:
        self._state = State.LEAVING
        size = self._transport.get_write_buffer_size()
        self.deadline = self._loop.time() + self._limits.linger + size / self._limits.min_rate
        if linger and self._transport.can_write_eof():
            self._resume()
            self._transport.write_eof()
        else:
            self._transport.close()

    def _discard(self, size: int) -> None:
        self._discarded += size
        if self._discarded > self._limits.linger_bytes:
            self._pause()

    def _lose(self) -> None:
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            exchange.lose()
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)

    def drain(self) -> None:
        """No further request: an idle connection closes now, a busy one after its answer."""
        if self._state is State.HEAD:
            self._transport.close()

    # Deadlines.

    def check(self, now: float) -> None:
        """Called by the server when the clock has passed `deadline` or writing has stalled."""
        if self._stalled_at is not None and now - self._stalled_at >= self._limits.write_grace:
            self._judge_reader(now)
        if now >= self.deadline:
            self._expired(now)

    @property
    def stalled(self) -> bool:
        return self._stalled_at is not None

    def _judge_reader(self, now: float) -> None:
        """A reader may be slow, but in every `write_grace` it must have taken its share."""
        size = self._transport.get_write_buffer_size()
        if self._stall_size - size < self._limits.min_rate * self._limits.write_grace:
            self._reset()
        else:
            self._stalled_at, self._stall_size = now, size

    def _expired(self, now: float) -> None:
        if self._state is State.BODY:
            self._expired_body(now)
        elif self._state is State.HEAD and self._heads.started:
            self._refuse(Refused(408, "request_timeout", "The request's header took too long."))
        elif self._transport.get_write_buffer_size():
            self._reset()
        else:
            self._transport.close()

    def _expired_body(self, now: float) -> None:
        if self._paused_at is not None:
            self.deadline = now + self._limits.grace
            return
        due = self._since + self._limits.grace + self._received / self._limits.min_rate
        if now < due:
            self.deadline = due
            return
        self._refuse(Refused(408, "request_timeout", "The request's body arrives too slowly."))


def _address(name: Any) -> tuple[str, int] | None:
    """Host and port of a TCP socket; a Unix socket has none."""
    return (str(name[0]), int(name[1])) if isinstance(name, tuple) else None
