"""One request and its answer as ASGI sees them (https://asgi.readthedocs.io/en/latest/specs/www.html)."""

import asyncio
import contextlib
import logging
import re
import traceback
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Protocol
from urllib.parse import unquote

from llm_gateway.web.edge.head import Head
from llm_gateway.web.edge.presence import EXTENSION, ClientGone
from llm_gateway.web.edge.refusal import envelope, status_line

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger("llm_gateway.edge")

_HEADER_LINES = re.compile(rb"(?:[!#$%&'*+\-.^_`|~0-9a-z]++: [\t -~\x80-\xff]*+\r\n)*+")
# The edge frames the answer itself and decides alone whether the connection goes on.
_OURS = frozenset((b"connection", b"transfer-encoding", b"keep-alive", b"upgrade"))
_WITHOUT_BODY = frozenset((204, 304))
# One write is never larger, so that a slow reader holds at most this beyond the transport's mark.
_PIECE = 64 * 1024


class Line(Protocol):
    """What an exchange needs of its connection."""

    def write(self, data: bytes) -> None: ...

    def writable(self) -> Awaitable[None] | None:
        """None when it may be written to now, else what to wait for."""
        ...

    def want_body(self) -> None: ...

    def cut(self) -> None: ...

    def answered(self, exchange: "Exchange") -> None: ...

    def soon(self, call: Callable[[], None]) -> None:
        """Run `call` in the next turn of the loop."""
        ...

    def date_line(self) -> bytes: ...

    @property
    def draining(self) -> bool: ...


class Exchange:
    """Made when a head has arrived; fed by its connection; talked to by the application.

    The head of the answer waits for the first piece of its body, if that comes in the same turn of
    the loop, so that most answers are one write.
    """

    __slots__ = (
        "_answer_head",
        "_body",
        "_chunked",
        "_delivered",
        "_left",
        "_line",
        "_on_gone",
        "_silent",
        "_waiter",
        "_wants_continue",
        "body_complete",
        "body_held",
        "complete",
        "gone",
        "head",
        "keep_alive",
        "started",
    )

    def __init__(self, line: Line, head: Head) -> None:
        self._line = line
        self.head = head
        self.keep_alive = head.keep_alive
        self.started = self.complete = self.gone = False

        self._body: list[bytes] = []
        self.body_held = 0
        self.body_complete = head.length == 0
        self._delivered = False
        self._wants_continue = head.expects_continue and not self.body_complete
        self._waiter: asyncio.Future[None] | None = None
        self._on_gone: Callable[[], None] | None = None

        self._answer_head: list[bytes] | None = None
        self._chunked = self._silent = False
        self._left: int | None = None

    # What the connection tells.

    def scope(self, client: tuple[str, int] | None, server: tuple[str, int] | None, state: Any) -> Scope:
        raw_path, _, query = self.head.target.partition(b"?")
        path = raw_path.decode("ascii")
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": self.head.version,
            "method": self.head.method,
            "scheme": "http",
            "path": unquote(path) if "%" in path else path,
            "raw_path": raw_path,
            "query_string": query,
            "root_path": "",
            "headers": self.head.headers,
            "client": client,
            "server": server,
            "state": state,
            "extensions": {EXTENSION: self},
        }

    def feed(self, body: bytes, complete: bool) -> None:
        self.body_complete = complete
        if not self.complete:
            self._body.append(body)
            self.body_held += len(body)
        self._wake()

    def lose(self) -> None:
        """The client is gone, or said something that ends the connection."""
        if self.gone or self.complete:
            return
        self.gone = True
        self._body.clear()
        self._wake()
        if self._on_gone is not None:
            self._on_gone()

    @property
    def ends_with_connection(self) -> bool:
        """Whether nothing but the end of the connection tells the client that the answer is over."""
        sent = self.started and self._answer_head is None
        return sent and not self._chunked and not self._silent and self._left is None

    def watch(self, on_gone: Callable[[], None] | None) -> None:
        """Call `on_gone` once when the client goes away; None forgets it."""
        self._on_gone = on_gone

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # What the application asks.

    async def run(self, application: Application, scope: Scope) -> None:
        """The outermost edge of an exchange: whatever fails in here ends in an answer or a cut."""
        try:
            await application(scope, self.receive, self.send)
        except ClientGone:
            pass
        except asyncio.CancelledError:
            self._line.cut()
            raise
        except Exception as error:  # noqa: BLE001
            _log_failure(error)
        if not (self.complete or self.gone):
            await self._fail()

    async def _fail(self) -> None:
        """Without a whole answer from the application: say so, or cut what has begun, so that
        nobody takes it for whole."""
        if self.started:
            self._line.cut()
            return
        body = envelope(500, "internal_error", "The gateway failed to answer; its log says why.")
        headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
        with contextlib.suppress(ClientGone):
            await self.send({"type": "http.response.start", "status": 500, "headers": headers})
            await self.send({"type": "http.response.body", "body": body})

    async def receive(self) -> Message:
        while not (self.gone or self.complete):
            if self._body or (self.body_complete and not self._delivered):
                return self._take_body()
            await self._wait()
        return {"type": "http.disconnect"}

    def _take_body(self) -> Message:
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self._body.clear()
        self.body_held = 0
        self._delivered = self.body_complete
        return {"type": "http.request", "body": body, "more_body": not self.body_complete}

    async def _wait(self) -> None:
        if self._wants_continue and not self.started:
            self._wants_continue = False
            self._line.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if not self.body_complete:
            self._line.want_body()
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    async def send(self, message: Message) -> None:
        """Raises ClientGone when nobody is left to read the answer."""
        await self._clear_to_write()
        kind = message["type"]
        if kind == "http.response.start" and not self.started:
            self._start(message["status"], message.get("headers", ()))
        elif kind == "http.response.body" and self.started and not self.complete:
            await self._send_body(message.get("body", b""), message.get("more_body", False))
        else:
            raise RuntimeError(f"an application may not send {kind} now")

    def _start(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        lines = []
        for given, value in headers:
            name = given.lower()
            if name in _OURS:
                self.keep_alive = self.keep_alive and b"close" not in value.lower()
                continue
            if name == b"content-length":
                self._left = int(value)
            lines.append(b"%s: %s\r\n" % (name, value))
        block = b"".join(lines)
        if block.count(b"\r\n") != len(lines) or not _HEADER_LINES.fullmatch(block):
            raise RuntimeError("an application gave a header that is not one")
        self.started = True
        self._silent = self.head.method == "HEAD" or status in _WITHOUT_BODY
        self._answer_head = [status_line(status), self._line.date_line(), block]
        self._line.soon(self._flush)

    def _flush(self) -> None:
        if self._answer_head is not None and not self.gone:
            self._line.write(self._take_head())

    def _take_head(self) -> bytes:
        parts = self._answer_head or []
        self._answer_head = None
        if self._left is None and not self._silent:
            self._chunked = self.head.version == "1.1"
            self.keep_alive = self.keep_alive and self._chunked
            if self._chunked:
                parts.append(b"transfer-encoding: chunked\r\n")
        if not self.body_complete or self._line.draining:
            self.keep_alive = False
        parts.append(b"\r\n" if self.keep_alive else b"connection: close\r\n\r\n")
        return b"".join(parts)

    async def _send_body(self, body: bytes, more: bool) -> None:
        prefix = b""
        if self._answer_head is not None:
            if self._left is None and not more and not self._silent:
                self._left = len(body)
                self._answer_head.append(b"content-length: %d\r\n" % len(body))
            prefix = self._take_head()
        await self._write(prefix + self._framed(body, more))
        if not more:
            if self._left and not self._silent:
                raise RuntimeError("an application sent less than its Content-Length")
            self.complete = True
            self._wake()
            self._line.answered(self)

    def _framed(self, body: bytes, more: bool) -> bytes:
        if self._silent:
            return b""
        if self._chunked:
            chunk = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
            return chunk if more else chunk + b"0\r\n\r\n"
        if self._left is not None:
            self._left -= len(body)
            if self._left < 0:
                raise RuntimeError("an application sent more than its Content-Length")
        return body

    async def _write(self, data: bytes) -> None:
        if len(data) <= _PIECE:
            if data:
                self._line.write(data)
            return
        for at in range(0, len(data), _PIECE):
            await self._clear_to_write()
            self._line.write(data[at : at + _PIECE])

    async def _clear_to_write(self) -> None:
        while not self.gone and (ready := self._line.writable()) is not None:
            await ready
        if self.gone:
            raise ClientGone


def _log_failure(error: Exception) -> None:
    """Where it failed and with what kind of error; never its message, which may quote the request."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    where = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    log.error("the application failed: %s at %s", type(error).__qualname__, where)
