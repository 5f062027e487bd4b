"""One request and the head of its answer, on a connection of aiohttp's pool.

aiohttp's own client prepares for every request much that a gateway has no use for: cookies, redirects,
proxies, authentication, tracing, retries. Its connector, its parser and its flow control do the work
here as they do there; only what lies between them is ours. That halves what an exchange costs
(benchmarks/overhead; docs/adr/ has the figures).
"""

import asyncio
import re
import ssl
from typing import Any

import aiohttp
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.http_parser import RawResponseMessage
from yarl import URL

from llm_gateway.ports.upstream import UpstreamRequest
from llm_gateway.upstream.connector import Connector, Handler

_MAX_HEADERS = 128
_MAX_LINE = 8190
_READ_BUFFER = 64 * 1024

# Who frames the message says these, once. Compression is undone only where a provider insists on it.
_OURS = frozenset(("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "expect"))
_WITH_BODY = frozenset(("POST", "PUT", "PATCH"))
_FORBIDDEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Target:
    """Where a URL leads, made once per URL: its pool, whom to connect to, and the start of every head."""

    __slots__ = ("connector", "host", "path", "wanted")

    def __init__(self, url: URL, connector: Connector, tls: ssl.SSLContext | None) -> None:
        self.connector = connector
        self.host = url.host_port_subcomponent or ""
        self.path = url.raw_path_qs
        # aiohttp's connector asks a request whom it wants to reach; this one is never sent.
        self.wanted = ClientRequest("GET", url, loop=asyncio.get_running_loop(), ssl=tls or True)


class Response:
    """An answer whose head has arrived. Complete, its connection goes back to the pool by itself."""

    __slots__ = ("_connection", "_handler", "closed", "content", "headers", "raw_headers", "status")

    def __init__(
        self,
        connection: Connection,
        handler: Handler,
        message: RawResponseMessage,
        content: aiohttp.StreamReader,
    ) -> None:
        self._connection = connection
        self._handler = handler
        self.status = message.code
        self.headers = message.headers
        self.raw_headers = message.raw_headers
        self.content = content
        self.closed = False
        content.on_eof(self._complete)

    def _complete(self) -> None:
        """A provider may answer before it has read the request. The rest of that would wait for ever to
        be sent, and be taken for the next request, so such a connection is cut."""
        if self.closed:
            return
        self.closed = True
        transport = self._handler.transport
        if transport is not None and transport.get_write_buffer_size():
            self._handler.abort()
            self._connection.close()
        else:
            self._connection.release()

    def close(self) -> None:
        """Cuts the connection, unless it is already back in the pool."""
        self.closed = True
        self._connection.close()


async def transfer(target: Target, request: UpstreamRequest, limits: aiohttp.ClientTimeout) -> Response:
    """Sends the request and waits for the head of its answer. Raises what aiohttp raises, and ValueError
    for a header that no request may carry."""
    head = head_of(target, request)
    connection = await target.connector.connect(target.wanted, [], limits)
    try:
        return await _exchange(connection, head, request)
    except BaseException:
        if connection.protocol is not None:
            connection.protocol.abort()
        connection.close()
        raise


async def _exchange(connection: Connection, head: bytes, request: UpstreamRequest) -> Response:
    handler, transport = connection.protocol, connection.transport
    if not isinstance(handler, Handler):
        raise TypeError("aiohttp made a connection of its own kind")
    if transport is None or transport.is_closing():
        raise aiohttp.ServerDisconnectedError
    handler.set_response_params(
        skip_payload=request.method == "HEAD",
        read_until_eof=True,
        auto_decompress=False,
        read_bufsize=_READ_BUFFER,
        max_line_size=_MAX_LINE,
        max_field_size=_MAX_LINE,
        max_headers=_MAX_HEADERS,
    )
    # All of it at once: the body is in memory anyway, and whoever waits here hears an early answer.
    transport.write(head + request.body if len(request.body) < _READ_BUFFER else head)
    if len(request.body) >= _READ_BUFFER:
        transport.write(request.body)
    message, content = await _final_head(handler)
    return Response(connection, handler, message, content)


async def _final_head(handler: Handler) -> tuple[RawResponseMessage, Any]:
    """The first head that is not merely informational (RFC 9110 section 15.2)."""
    while True:
        message, content = await handler.read()
        if not 100 <= message.code < 200 or message.code == 101:
            return message, content


def head_of(target: Target, request: UpstreamRequest) -> bytes:
    """The request line and headers. Raises ValueError rather than send a control character."""
    lines = [f"{request.method} {target.path} HTTP/1.1", f"Host: {target.host}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items() if name.lower() not in _OURS]
    lines.append("Accept-Encoding: identity")
    if request.body or request.method in _WITH_BODY:
        lines.append(f"Content-Length: {len(request.body)}")
    if any(map(_FORBIDDEN.search, lines)):
        raise ValueError("a header holds a control character")
    return "\r\n".join([*lines, "", ""]).encode()
