from contextlib import ExitStack

import pytest

from llm_gateway.domain.errors import RateLimited
from llm_gateway.domain.record import Record
from llm_gateway.state.live import WAITING, WATCHERS, LiveTail
from tests.support.values import a_record


class Kept:
    """A sink that remembers."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def put(self, record: Record) -> None:
        self.records.append(record)

    async def settled(self) -> None:
        return None


async def test_those_who_watch_see_each_record() -> None:
    """A record goes to the sink and to everybody who watches, and to nobody who stopped."""
    sink = Kept()
    tail = LiveTail(sink)
    with tail.watching() as first, tail.watching() as second:
        tail.put(a_record("rec_1"))
        seen = [await anext(watch.records(1.0)) for watch in (first, second)]
    tail.put(a_record("rec_2"))

    assert [record and record.id for record in seen] == ["rec_1", "rec_1"]
    assert [record.id for record in sink.records] == ["rec_1", "rec_2"]


async def test_quiet_moments_are_told() -> None:
    """Without traffic a watcher hears so, and can notice that its client went away."""
    tail = LiveTail(Kept())
    with tail.watching() as watch:
        assert await anext(watch.records(0.01)) is None


async def test_a_slow_watcher_loses_the_oldest() -> None:
    """Somebody who does not read holds no more than a bounded number of records."""
    tail = LiveTail(Kept())
    with tail.watching() as watch:
        for number in range(WAITING + 5):
            tail.put(a_record(f"rec_{number}"))
        first = await anext(watch.records(1.0))

    assert watch.missed == 5
    assert first is not None
    assert first.id == "rec_5"


async def test_closing_ends_all_watches() -> None:
    """A server that stops waits for no watcher, neither one from before nor one that comes late."""
    tail = LiveTail(Kept())
    with tail.watching() as early:
        tail.close()
        with tail.watching() as late:
            assert [record async for record in early.records(1.0)] == []
            assert [record async for record in late.records(1.0)] == []


async def test_only_so_many_may_watch() -> None:
    """One more than the limit is told to come back."""
    tail = LiveTail(Kept())
    with ExitStack() as stack:
        for _ in range(WATCHERS):
            stack.enter_context(tail.watching())
        with pytest.raises(RateLimited):
            stack.enter_context(tail.watching())
