"""First byte, silence and total: three limits for every exchange, one timer for all.

An exchange states when it is due; the moment moves with every byte heard, which costs nothing,
because only the check looks at it. The check runs at the earliest due moment known.
"""

import asyncio
from math import inf

from llm_gateway.ports.upstream import Timeouts
from llm_gateway.upstream.connector import Handler

FIRST_BYTE = "upstream_first_byte_timeout"
IDLE = "upstream_idle_timeout"
TOTAL = "upstream_total_timeout"

# Checks keep this distance, so that many exchanges with scattered limits stay cheap to watch.
_SPACING = 0.02


class Exchange:
    """One exchange under watch. `expired` is the code of the limit that was passed."""

    __slots__ = ("_began", "_handler", "_sent", "_timeouts", "_waiting_since", "body_begun", "expired")

    def __init__(self, handler: Handler, timeouts: Timeouts, began: float, sent: float) -> None:
        self._handler = handler
        self._timeouts = timeouts
        self._began = began
        self._sent = sent
        self._waiting_since = inf
        self.body_begun = False
        self.expired: str | None = None

    def wait(self, now: float) -> None:
        """From now on somebody waits for the provider."""
        self._waiting_since = now

    def got(self) -> None:
        """A piece of the body came; until the next wait, silence is not the provider's."""
        self.body_begun = True
        self._waiting_since = inf

    def due(self) -> tuple[float, str]:
        total = self._began + self._timeouts.total
        if not self.body_begun:
            silent, code = self._sent + self._timeouts.first_byte, FIRST_BYTE
        else:
            heard = max(self._handler.heard_at or 0.0, self._waiting_since)
            silent, code = heard + self._timeouts.idle, IDLE
        return (total, TOTAL) if total < silent else (silent, code)

    def expire(self, code: str) -> None:
        self.expired = code
        self._handler.expire()


class Deadlines:
    """Watches exchanges between `add` and `remove`."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._watched: set[Exchange] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._next = inf

    def now(self) -> float:
        return self._loop.time()

    def add(self, exchange: Exchange) -> None:
        self._watched.add(exchange)
        self.sooner(exchange)

    def sooner(self, exchange: Exchange) -> None:
        """The due moment of `exchange` may have come nearer."""
        due = exchange.due()[0]
        if due < self._next:
            self._plan(due)

    def remove(self, exchange: Exchange) -> None:
        self._watched.discard(exchange)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _plan(self, when: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._next = when
        self._timer = self._loop.call_at(when, self._check) if when < inf else None

    def _check(self) -> None:
        now = self._loop.time()
        nearest = inf
        for exchange in list(self._watched):
            due, code = exchange.due()
            if due <= now:
                self._watched.discard(exchange)
                exchange.expire(code)
            else:
                nearest = min(nearest, due)
        self._plan(max(nearest, now + _SPACING))
