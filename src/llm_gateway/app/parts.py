"""Parts of the data plane, as configured."""

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.pipeline.gateway import Limits
from llm_gateway.ports.upstream import Timeouts, Upstream, UpstreamAnswer, UpstreamRequest
from llm_gateway.settings import Settings
from llm_gateway.upstream.client import HttpUpstream
from llm_gateway.upstream.demo.upstream import BASE_URL, DemoUpstream


class Upstreams:
    """Implements ports.Upstream: the simulated provider for its own URL, HTTP for all others."""

    def __init__(self, http: Upstream, demo: Upstream | None) -> None:
        self._http = http
        self._demo = demo

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        if not request.url.startswith(BASE_URL):
            return await self._http.send(request)
        if self._demo is None:
            raise UpstreamFailed("The demo provider is switched off (setting demo).", code="demo_disabled")
        return await self._demo.send(request)

    async def close(self) -> None:
        await self._http.close()


def upstreams_for(settings: Settings) -> Upstreams:
    """As configured."""
    return Upstreams(HttpUpstream.of(settings), DemoUpstream() if settings.demo else None)


def limits_for(settings: Settings) -> Limits:
    """As configured."""
    return Limits(
        json_depth=settings.max_json_depth,
        answer_bytes=settings.max_answer_bytes,
        holdback=settings.holdback_characters,
        timeouts=Timeouts(
            connect=settings.connect_timeout,
            first_byte=settings.first_byte_timeout,
            idle=settings.idle_timeout,
            total=settings.total_timeout,
        ),
        strict_records=settings.durability == "strict",
    )
