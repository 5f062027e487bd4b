"""Getting a request to a provider that answers.

A key leads to one or more targets. Those of the first tier share the load by weight; the others
stand in, in order, when it fails. Nothing is tried again once an answer has begun, a block is never
an answer to retry, and what a provider refuses for good (a wrong request) is passed on at once.
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from llm_gateway.domain.errors import Unavailable, UpstreamFailed
from llm_gateway.limits.breaker import Breaker
from llm_gateway.limits.retries import RetryBudget
from llm_gateway.pipeline.exchange import Exchange
from llm_gateway.pipeline.targets import Target
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.upstream import Upstream, UpstreamAnswer, UpstreamRequest

# Statuses by which a provider says "not now": overloaded, restarting, or (529, Anthropic) out of room.
RETRYABLE = frozenset((429, 500, 502, 503, 504, 529))
_TOO_MANY = 429

# A longer wait than this is not spent inside a request; the connection is left alone for that long.
LONGEST_WAIT = 2.0
_BACKOFF = (0.05, 0.3)

Make = Callable[[Target], UpstreamRequest]


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer whose head has arrived, and the target it came from. `pause`: seconds to wait before
    the same target is tried again; None for an answer that stands."""

    answer: UpstreamAnswer
    target: Target
    pause: float | None = None


class Sender:
    """Sends the requests of all exchanges; knows how the connections have been doing."""

    def __init__(self, upstream: Upstream, clock: Clock) -> None:
        self._upstream = upstream
        self._clock = clock
        self._breakers: dict[str, Breaker] = {}
        self._budget = RetryBudget()

    async def send(self, exchange: Exchange, targets: Sequence[Target], make: Make) -> Sent:
        """The first answer that stands, else the last one there was.

        Raises UpstreamFailed when no provider answered, Unavailable when all are left alone for a
        while because they kept failing.
        """
        self._budget.request()
        kept: Sent | UpstreamFailed | None = None
        previous: Target | None = None
        for target in self._attempts(targets):
            if not self._breaker(target).allows(self._clock.ticks()):
                continue
            if kept is not None:
                if not self._budget.take():
                    break
                await _let_go(kept, wait=target == previous)
            kept, previous = await self._attempt(exchange, target, make), target
            if isinstance(kept, Sent) and kept.pause is None:
                return kept
        return self._outcome(kept, targets)

    async def _attempt(self, exchange: Exchange, target: Target, make: Make) -> Sent | UpstreamFailed:
        request = make(target)
        exchange.attempts += 1
        start = self._clock.ticks()
        try:
            answer = await self._upstream.send(request)
        except UpstreamFailed as error:
            self._breaker(target).failed(self._clock.ticks())
            return error
        finally:
            exchange.provider_wait += self._clock.ticks() - start
        if answer.status not in RETRYABLE:
            self._breaker(target).succeeded()
            return Sent(answer, target)
        return Sent(answer, target, self._refused(target, answer))

    def _refused(self, target: Target, answer: UpstreamAnswer) -> float:
        """Takes note of a "not now"; gives the seconds to wait."""
        breaker, now = self._breaker(target), self._clock.ticks()
        wait = retry_after(answer.headers.get("retry-after", ""), self._clock.now())
        if wait is not None and wait > LONGEST_WAIT:
            breaker.cool(now, wait)
        elif answer.status != _TOO_MANY:
            breaker.failed(now)
        return _backoff() if wait is None else wait

    def _attempts(self, targets: Sequence[Target]) -> Sequence[Target]:
        """Tier after tier, within one a weighted draw; a target that stands alone is tried twice."""
        if len(targets) == 1:
            return (targets[0], targets[0])
        return sorted(targets, key=lambda target: (target.tier, -_draw(target.weight)))

    def _breaker(self, target: Target) -> Breaker:
        return self._breakers.setdefault(target.connection.id, Breaker())

    def _outcome(self, kept: Sent | UpstreamFailed | None, targets: Sequence[Target]) -> Sent:
        if isinstance(kept, Sent):
            return kept
        if kept is not None:
            raise kept
        now = self._clock.ticks()
        seconds = min(self._breaker(target).waits(now) for target in targets)
        raise Unavailable(
            f"The provider keeps failing and is left alone; try again in {max(1, round(seconds))} s.",
            code="circuit_open",
        )


async def _let_go(kept: Sent | UpstreamFailed, *, wait: bool) -> None:
    """Before another attempt: the old answer is closed, and the same target gets time to recover."""
    if isinstance(kept, Sent):
        await kept.answer.close()
    if wait:
        await asyncio.sleep(kept.pause if isinstance(kept, Sent) and kept.pause is not None else _backoff())


def retry_after(text: str, now: float) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3: seconds or a date), None without one."""
    if text.isascii() and text.isdigit() and len(text) < 8:
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def _backoff() -> float:
    return random.uniform(*_BACKOFF)  # noqa: S311 - spreads load, guards nothing


def _draw(weight: int) -> float:
    """A number whose order among others is a draw without replacement by weight (Efraimidis-Spirakis)."""
    return float(random.random() ** (1 / weight))  # noqa: S311 - spreads load, guards nothing
