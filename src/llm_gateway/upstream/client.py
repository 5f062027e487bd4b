"""Sending requests to providers."""

import asyncio
import functools
import ssl
from collections.abc import Iterable

import aiohttp

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.ports.upstream import Timeouts, UpstreamAnswer, UpstreamRequest
from llm_gateway.settings import Settings
from llm_gateway.upstream.answer import HttpAnswer
from llm_gateway.upstream.connector import ATTEMPT, Connector, Handler
from llm_gateway.upstream.deadlines import Deadlines, Exchange
from llm_gateway.upstream.egress import Network, check_addresses, literal, parse_url
from llm_gateway.upstream.failures import FOREIGN, failure
from llm_gateway.upstream.names import Resolve, resolve_with_system
from llm_gateway.upstream.resolver import VettedResolver
from llm_gateway.upstream.transfer import Target, transfer

_REMEMBERED_URLS = 1024
# Load balancers of the large providers close idle connections after 60 s or more.
_KEEP_ALIVE = 50.0
_MAX_HEAD_BYTES = 1024 * 1024
# How a connection shows that it was closed under us.
_BROKEN = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError)


class _Attempt:
    """Implements connector.Attempt: begins the watch over the exchange once it has a connection."""

    __slots__ = ("_began", "_deadlines", "_may_hear", "_timeouts", "exchange", "handler")

    exchange: Exchange
    handler: Handler | None

    def __init__(self, deadlines: Deadlines, timeouts: Timeouts, began: float, may_hear: int) -> None:
        self._may_hear = may_hear
        self._deadlines = deadlines
        self._timeouts = timeouts
        self._began = began
        self.handler = None

    def connected(self, handler: Handler) -> None:
        self.handler = handler
        handler.may_hear = self._may_hear
        self.exchange = Exchange(handler, self._timeouts, self._began, self._deadlines.now())
        self._deadlines.add(self.exchange)

    def over(self) -> None:
        if self.handler is not None:
            self._deadlines.remove(self.exchange)

    @property
    def expired(self) -> str | None:
        return self.exchange.expired if self.handler is not None else None

    @property
    def stale(self) -> bool:
        """Whether the provider had closed a kept connection before it could read our request."""
        handler = self.handler
        return handler is not None and handler.uses > 1 and handler.heard_at is None and not self.expired


class HttpUpstream:
    """Implements ports.Upstream with one connection pool per origin. Make and use it in one loop.

    `allow` are the networks that a provider may be in although private (and then also by plain
    http). `resolve` and `tls` are for tests.
    """

    def __init__(
        self,
        *,
        allow: Iterable[Network] = (),
        max_answer_bytes: int = 64 * 1024 * 1024,
        resolve: Resolve = resolve_with_system,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allow = tuple(allow)
        self._max_answer_bytes = max_answer_bytes
        # A byte alone in its chunk takes six on the wire.
        self._may_hear = 8 * max_answer_bytes + _MAX_HEAD_BYTES
        self._resolve = resolve
        self._tls = tls
        self._targets: dict[str, Target] = {}
        self._connectors: dict[str, Connector] = {}
        self._deadlines: Deadlines | None = None

    @classmethod
    def of(cls, settings: Settings) -> "HttpUpstream":
        return cls(allow=settings.egress_allow, max_answer_bytes=settings.max_answer_bytes)

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        """The answer, its head arrived. Raises UpstreamFailed.

        Tries a second time only when a kept connection turns out to have been closed by the
        provider before it said anything: the request cannot have been read.
        """
        deadlines = self._watch()
        began = deadlines.now()
        attempt = _Attempt(deadlines, request.timeouts, began, self._may_hear)
        try:
            return await self._try(request, attempt)
        except _BROKEN as error:
            if not attempt.stale:
                raise failure(error, attempt.expired) from error
        except FOREIGN as error:
            raise failure(error, attempt.expired) from error
        attempt = _Attempt(deadlines, request.timeouts, began, self._may_hear)
        try:
            return await self._try(request, attempt)
        except FOREIGN as error:
            raise failure(error, attempt.expired) from error

    async def close(self) -> None:
        if self._deadlines is not None:
            self._deadlines.stop()
        for connector in self._connectors.values():
            await connector.close()
        self._connectors.clear()
        self._targets.clear()

    async def _try(self, request: UpstreamRequest, attempt: _Attempt) -> UpstreamAnswer:
        ATTEMPT.set(attempt)
        timeout = _connect_within(request.timeouts.connect)
        try:
            response = await transfer(self._target(request.url), request, timeout)
        except BaseException:
            attempt.over()
            raise
        if attempt.handler is None:
            raise TypeError("aiohttp answered without a connection")
        try:
            _check_status(response.status)
            return HttpAnswer(
                response, attempt.handler, attempt.exchange, self._watch(), self._max_answer_bytes
            )
        except UpstreamFailed:
            # Nothing was awaited since the head came: the connection, perhaps already back in
            # the pool, is nobody else's yet.
            attempt.over()
            attempt.handler.abort()
            response.close()
            raise

    def _target(self, text: str) -> Target:
        """Parsed and checked once per text. A name's addresses are vetted when it is connected to;
        an address is its own answer and is vetted here."""
        if (target := self._targets.get(text)) is not None:
            return target
        url = parse_url(text)
        host = url.raw_host or ""
        if literal(host) is not None:
            check_addresses((host,), self._allow, plain=url.scheme == "http")
        if len(self._targets) >= _REMEMBERED_URLS:
            self._targets.clear()
        target = self._targets[text] = Target(url, self._connector(url.scheme), self._tls)
        return target

    def _connector(self, scheme: str) -> Connector:
        """One per scheme, because plain http may reach fewer addresses."""
        if (connector := self._connectors.get(scheme)) is None:
            connector = self._connectors[scheme] = Connector(
                resolver=VettedResolver(self._resolve, self._allow, plain=scheme == "http"),
                use_dns_cache=False,
                limit=0,
                keepalive_timeout=_KEEP_ALIVE,
                ssl=self._tls or True,
            )
        return connector

    def _watch(self) -> Deadlines:
        if self._deadlines is None:
            self._deadlines = Deadlines(asyncio.get_running_loop())
        return self._deadlines


@functools.lru_cache(maxsize=64)
def _connect_within(seconds: float) -> aiohttp.ClientTimeout:
    """All other limits are kept by Deadlines."""
    return aiohttp.ClientTimeout(total=None, connect=seconds)


def _check_status(status: int) -> None:
    """Raises UpstreamFailed for what is neither success nor an error."""
    if 300 <= status < 400:
        raise UpstreamFailed(
            "The provider redirects, and redirects are not followed; correct the base URL.",
            code="upstream_redirect",
        )
    if not 200 <= status < 600:
        raise UpstreamFailed("The provider's answer is not proper HTTP.", code="upstream_protocol")
