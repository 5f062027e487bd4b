"""The demo provider behind the Upstream port."""

import asyncio
from collections.abc import AsyncIterator, Mapping

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.ports.clock import Clock, SystemClock
from llm_gateway.ports.upstream import UpstreamAnswer, UpstreamRequest
from llm_gateway.upstream.demo.service import Response, respond

BASE_URL = "demo://simulated/v1"
WORD_DELAY = 0.015


class DemoUpstream:
    """Answers requests for URLs under BASE_URL. `word_delay` is the seconds between streamed words."""

    def __init__(self, clock: Clock | None = None, word_delay: float = WORD_DELAY) -> None:
        self._clock = clock or SystemClock()
        self._word_delay = word_delay

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        if request.url != BASE_URL and not request.url.startswith(BASE_URL + "/"):
            raise UpstreamFailed(f"the demo provider is reached only at {BASE_URL}", code="unknown_demo_url")
        path = request.url.removeprefix(BASE_URL)
        response = respond(request.method, path, request.body, int(self._clock.now()))
        return DemoAnswer(response, self._word_delay)

    async def close(self) -> None:
        """Nothing is held open."""


class DemoAnswer:
    """A simulated answer whose head has arrived."""

    def __init__(self, response: Response, word_delay: float) -> None:
        self._response = response
        self._word_delay = word_delay
        self._closed = False

    @property
    def status(self) -> int:
        return self._response.status

    @property
    def headers(self) -> Mapping[str, str]:
        kind = "text/event-stream; charset=utf-8" if self._response.streamed else "application/json"
        return {"content-type": kind, "x-simulated": "true"}

    async def read(self, limit: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        async for piece in self.chunks():
            size += len(piece)
            if size > limit:
                raise UpstreamFailed("the answer is larger than allowed", code="answer_too_large")
            pieces.append(piece)
        return b"".join(pieces)

    async def chunks(self) -> AsyncIterator[bytes]:
        if not self._response.streamed:
            yield self._response.body
            return
        for event in self._response.events:
            if self._closed:
                return
            yield event
            await asyncio.sleep(self._word_delay)

    async def close(self) -> None:
        self._closed = True
