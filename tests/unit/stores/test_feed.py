import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from llm_gateway.domain.errors import Unavailable
from llm_gateway.domain.keys import KeyStatus
from llm_gateway.ports.clock import SystemClock
from llm_gateway.ports.directory import Snapshot
from llm_gateway.stores.feed import LiveDirectory
from llm_gateway.stores.sqlite import Database, SqliteKeyStore, migrate
from tests.support.values import NOW, StillClock, a_key, an_event

KEY = a_key()
REVOKED = replace(KEY, status=KeyStatus.REVOKED, revoked_at=NOW)


class Scripted(SqliteKeyStore):
    """A store whose answers a test can hold back or break."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.stale: Snapshot | None = None
        self.away = False

    def seq(self) -> int:
        if self.away:
            raise Unavailable("the store is away")
        return super().seq()

    def snapshot(self, since: Snapshot | None = None) -> Snapshot:
        return self.stale or super().snapshot(since)


def opened(path: Path) -> Database:
    database = Database(path / "gateway.db")
    migrate(database, StillClock())
    return database


def test_what_is_built_from_a_snapshot_is_ready_before_it_is_served_from(store: "Scripted") -> None:
    """`prepare` sees each snapshot once, while requests still get the one before."""
    seen: list[tuple[int, int]] = []
    live: list[LiveDirectory] = []

    def prepare(snapshot: Snapshot) -> None:
        seen.append((snapshot.seq, live[0].current.seq if live else -1))

    live.append(LiveDirectory(store, StillClock(), prepare=prepare))
    seq = store.save(an_event(), key=KEY)
    live[0].refresh()
    live[0].refresh()

    assert seen == [(0, -1), (seq, 0)]
    assert live[0].current.seq == seq


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Scripted]:
    database = opened(tmp_path)
    yield Scripted(database)
    database.close()


@pytest.fixture
async def live(store: Scripted) -> AsyncIterator[LiveDirectory]:
    directory = LiveDirectory(store, SystemClock())
    await directory.start()
    yield directory
    await directory.stop()


async def until(live: LiveDirectory, seq: int) -> float:
    started = time.perf_counter()
    for _ in range(500):
        if live.current.seq >= seq:
            break
        await asyncio.sleep(0.01)
    return time.perf_counter() - started


async def test_a_change_of_another_process_arrives(live: LiveDirectory, tmp_path: Path) -> None:
    """A change made through another opening of the file is served within a second."""
    other = opened(tmp_path)
    seq = SqliteKeyStore(other).save(an_event(), key=KEY)
    other.close()

    assert await until(live, seq) < 1.0
    assert live.current.keys == {KEY.kid: KEY}


async def test_reached_does_not_wait_for_the_poll(store: Scripted) -> None:
    """Who asks for a change by number is served at once, also without the background task."""
    live = LiveDirectory(store, SystemClock())
    seq = store.save(an_event(), key=KEY)
    await live.reached(seq)

    assert live.current.keys == {KEY.kid: KEY}


async def test_a_snapshot_is_swapped_not_edited(store: Scripted) -> None:
    """A request that holds a snapshot keeps seeing what it saw."""
    live = LiveDirectory(store, SystemClock())
    held = live.current
    await live.reached(store.save(an_event(), key=KEY))

    assert held.keys == {}


async def test_a_revoked_key_never_comes_back(store: Scripted) -> None:
    """A snapshot read before the revocation but arriving after it is not served."""
    store.save(an_event("aud_1"), key=KEY)
    live = LiveDirectory(store, SystemClock())
    before = live.current
    await live.reached(store.save(an_event("aud_2"), key=REVOKED, replaces=KEY))
    store.save(an_event("aud_3"))
    store.stale = before
    live.refresh()

    assert live.current.keys[KEY.kid].status is KeyStatus.REVOKED


async def test_while_the_store_is_away_the_last_snapshot_stays(store: Scripted) -> None:
    """Known keys are served on, the staleness grows, and the feed recovers by itself."""
    clock = StillClock()
    store.save(an_event("aud_1"), key=KEY)
    live = LiveDirectory(store, clock, interval=0.01)
    await live.start()
    store.away = True
    await asyncio.sleep(0.1)
    clock.move(30)
    assert live.current.keys == {KEY.kid: KEY}
    assert live.staleness == 30

    store.away = False
    seq = store.save(an_event("aud_2"), key=REVOKED, replaces=KEY)
    await until(live, seq)
    assert live.current.keys == {KEY.kid: REVOKED}
    assert live.staleness == 0
    await live.stop()


async def test_stopping_twice_is_fine(store: Scripted) -> None:
    """Stopping ends the task, and stopping again does nothing."""
    live = LiveDirectory(store, SystemClock())
    await live.start()
    await live.stop()
    await live.stop()


def test_catching_up_does_not_grow_with_the_number_of_keys(store: Scripted) -> None:
    """With thousands of keys known, one change reads one row."""
    for number in range(40):
        store.save(an_event(f"aud_{number}"), key=a_key(f"{number:012}"))
    live = LiveDirectory(store, SystemClock())
    known = live.current.keys["000000000007"]
    store.save(an_event("aud_x"), key=KEY)
    live.refresh()

    assert live.current.keys[KEY.kid] == KEY
    assert live.current.keys["000000000007"] is known
