"""Speaking to a provider."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. `first_byte` counts from the end of the request to the first byte of the body;
    `idle` is the longest silence inside an answer; `total` caps the whole exchange."""

    connect: float = 5.0
    first_byte: float = 120.0
    idle: float = 60.0
    total: float = 1800.0


@dataclass(frozen=True, slots=True)
class UpstreamRequest:
    """One HTTP request, complete: the headers already carry the provider's credential."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    timeouts: Timeouts


class UpstreamAnswer(Protocol):
    """An answer whose head has arrived. Its owner must call `close` exactly once.

    `read` gives the whole body, refusing more than `limit` bytes. `chunks` gives the body as it
    arrives. Both raise UpstreamFailed: time-outs, resets, broken framing, too much data. Closing
    before the end drops the connection, so that the provider stops working.
    """

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Lower-case names; a repeated header is joined with a comma."""
        ...

    async def read(self, limit: int) -> bytes: ...

    def chunks(self) -> AsyncIterator[bytes]: ...

    async def close(self) -> None: ...


class Upstream(Protocol):
    """Sends requests over pooled connections. Follows no redirect, uses no proxy of the environment,
    and connects only to vetted addresses. Raises UpstreamFailed with a stated code."""

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer: ...

    async def close(self) -> None: ...
