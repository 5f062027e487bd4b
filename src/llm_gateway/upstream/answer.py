"""An answer whose head has arrived."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

from llm_gateway.upstream.connector import Handler
from llm_gateway.upstream.deadlines import Deadlines, Exchange
from llm_gateway.upstream.decompress import Decompressor, check_encoding, too_large
from llm_gateway.upstream.failures import FOREIGN, failure
from llm_gateway.upstream.transfer import Response


class HttpAnswer:
    """Implements ports.UpstreamAnswer over aiohttp. `limit` bounds what `chunks` gives in all.

    Raises UpstreamFailed when made for an answer in a compression that cannot be undone.
    """

    __slots__ = (
        "_deadlines",
        "_encoding",
        "_exchange",
        "_handler",
        "_headers",
        "_limit",
        "_response",
        "status",
    )

    def __init__(
        self,
        response: Response,
        handler: Handler,
        exchange: Exchange,
        deadlines: Deadlines,
        limit: int,
    ) -> None:
        self.status = response.status
        self._encoding = response.headers.get("Content-Encoding", "identity").strip().lower() or "identity"
        if self._encoding != "identity":
            check_encoding(self._encoding)
        self._response = response
        self._handler = handler
        self._exchange = exchange
        self._deadlines = deadlines
        self._limit = limit
        self._headers: Mapping[str, str] | None = None
        handler.read_through(response.content)

    @property
    def headers(self) -> Mapping[str, str]:
        """Without those that described the compression that `read` and `chunks` undo."""
        if self._headers is None:
            self._headers = _join(self._response.raw_headers)
        return self._headers

    async def read(self, limit: int) -> bytes:
        parts = [part async for part in self._pieces(limit)]
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def chunks(self) -> AsyncIterator[bytes]:
        return self._pieces(self._limit)

    async def close(self) -> None:
        """After the end the connection is already back in the pool; before it, it is cut."""
        self._deadlines.remove(self._exchange)
        if not self._response.closed:
            self._handler.abort()
            self._response.close()

    async def _pieces(self, limit: int) -> AsyncIterator[bytes]:
        if self._encoding == "identity":
            size = 0
            async for data in self._raw():
                size += len(data)
                if size > limit:
                    raise too_large(limit)
                yield data
            return
        inflate = Decompressor(self._encoding, limit)
        async for data in self._raw():
            for piece in inflate.feed(data):
                yield piece
        inflate.end()

    async def _raw(self) -> AsyncIterator[bytes]:
        content, exchange = self._response.content, self._exchange
        clock: Callable[[], float] = asyncio.get_running_loop().time
        while not content.at_eof():
            exchange.wait(clock())
            if exchange.body_begun:
                self._deadlines.sooner(exchange)
            try:
                data = await content.readany()
            except FOREIGN as error:
                await self.close()
                raise failure(error, exchange.expired) from error
            exchange.got()
            if data:
                yield data
        self._deadlines.remove(exchange)


def _join(raw: tuple[tuple[bytes, bytes], ...]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name_bytes, value_bytes in raw:
        name, value = name_bytes.decode("latin-1").lower(), value_bytes.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    if joined.pop("content-encoding", "identity").strip().lower() not in ("identity", ""):
        joined.pop("content-length", None)
    return joined
