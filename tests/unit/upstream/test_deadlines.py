"""Limits of many exchanges on one timer, with a clock that the test turns."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from llm_gateway.ports.upstream import Timeouts
from llm_gateway.upstream.deadlines import FIRST_BYTE, IDLE, TOTAL, Deadlines, Exchange


class Clock:
    """Stands in for a loop: its time is set, and its timers run when their moment has come."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[list[Any]] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, call: Callable[[], None]) -> Any:
        timer = [when, call]
        self.timers.append(timer)

        class Handle:
            @staticmethod
            def cancel() -> None:
                if timer in self.timers:
                    self.timers.remove(timer)

        return Handle()

    def until(self, moment: float) -> None:
        while due := sorted(timer for timer in self.timers if timer[0] <= moment):
            self.timers.remove(due[0])
            self.now = max(self.now, due[0][0])
            due[0][1]()
        self.now = moment


class Handler:
    """Notes when it is told that a limit was passed."""

    def __init__(self, clock: Clock) -> None:
        self.heard_at: float | None = None
        self.expired_at: float | None = None
        self._clock = clock

    def expire(self) -> None:
        self.expired_at = self._clock.now


LIMITS = Timeouts(connect=1, first_byte=10, idle=5, total=30)


def watched(clock: Clock, deadlines: Deadlines, limits: Timeouts = LIMITS) -> tuple[Exchange, Handler]:
    handler = Handler(clock)
    exchange = Exchange(handler, limits, clock.now, clock.now)  # type: ignore[arg-type]
    deadlines.add(exchange)
    return exchange, handler


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def deadlines(clock: Clock) -> Deadlines:
    return Deadlines(clock)  # type: ignore[arg-type]


def test_silence_before_the_first_byte(clock: Clock, deadlines: Deadlines) -> None:
    """Bytes of the head do not count; the body must have begun."""
    exchange, handler = watched(clock, deadlines)
    handler.heard_at = 9.0
    clock.until(11)

    assert (exchange.expired, handler.expired_at) == (FIRST_BYTE, 10)


def test_silence_inside_the_body(clock: Clock, deadlines: Deadlines) -> None:
    """Every byte heard moves the moment, without touching the timer."""
    exchange, handler = watched(clock, deadlines)
    exchange.got()
    exchange.wait(2.0)
    deadlines.sooner(exchange)
    for heard in (4.0, 8.0, 12.0):
        handler.heard_at = heard
        clock.until(heard + 4)
    clock.until(20)

    assert (exchange.expired, handler.expired_at) == (IDLE, 17)


def test_nobody_waiting_is_no_silence(clock: Clock, deadlines: Deadlines) -> None:
    """While the reader is busy elsewhere only the total counts."""
    exchange, handler = watched(clock, deadlines)
    exchange.got()
    clock.until(40)

    assert (exchange.expired, handler.expired_at) == (TOTAL, 30)


def test_what_is_removed_does_not_expire(clock: Clock, deadlines: Deadlines) -> None:
    """An exchange that is over is forgotten."""
    exchange, handler = watched(clock, deadlines)
    deadlines.remove(exchange)
    clock.until(100)

    assert (exchange.expired, handler.expired_at) == (None, None)


def test_many_exchanges_share_one_timer(clock: Clock, deadlines: Deadlines) -> None:
    """A thousand equal exchanges set one timer, and each expires in its time."""
    made = []
    for _ in range(1000):
        made.append(watched(clock, deadlines))
        assert len(clock.timers) == 1
        clock.until(clock.now + 0.01)
    clock.until(25)

    late = [(handler.expired_at or 0) - (at * 0.01 + 10) for at, (_, handler) in enumerate(made)]
    assert min(late) > -1e-6
    assert max(late) < 0.05


def test_a_shorter_limit_is_not_late(clock: Clock, deadlines: Deadlines) -> None:
    """One that is due before the others brings the timer forward."""
    watched(clock, deadlines)
    _, hasty = watched(clock, deadlines, Timeouts(connect=1, first_byte=1, idle=1, total=1))
    clock.until(2)

    assert hasty.expired_at == 1


async def test_it_runs_on_a_real_loop() -> None:
    """The stand-in for the loop is not all there is."""
    loop = asyncio.get_running_loop()
    deadlines = Deadlines(loop)
    handler = Handler(Clock())
    exchange = Exchange(handler, Timeouts(first_byte=0.02), loop.time(), loop.time())  # type: ignore[arg-type]
    deadlines.add(exchange)
    await asyncio.sleep(0.1)
    deadlines.stop()

    assert exchange.expired == FIRST_BYTE
