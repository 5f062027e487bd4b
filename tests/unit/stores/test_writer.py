import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from llm_gateway.domain.errors import Unavailable
from llm_gateway.domain.record import Record
from llm_gateway.ports.clock import SystemClock
from llm_gateway.stores.spool import Spool
from llm_gateway.stores.writer import RecordWriter
from tests.support.values import a_record


class Store:
    """A record store in memory that can be away."""

    def __init__(self) -> None:
        self.rows: dict[str, Record] = {}
        self.batches: list[int] = []
        self.away = False

    def insert(self, records: Sequence[Record]) -> None:
        if self.away:
            raise Unavailable("the store is away")
        self.batches.append(len(records))
        self.rows |= {record.id: record for record in records}

    def list(
        self,
        *,
        limit: int = 50,
        before: str | None = None,
        kid: str | None = None,
        verdict: str | None = None,
    ) -> Sequence[Record]:
        return list(self.rows.values())[:limit]

    def get(self, record_id: str) -> Record | None:
        return self.rows.get(record_id)

    def delete_before(self, time: float, *, limit: int) -> int:
        return 0


@contextmanager
def running(store: Store, spool: Spool, queue_limit: int = 10_000) -> Iterator[RecordWriter]:
    writer = RecordWriter(store, spool, SystemClock(), queue_limit)
    writer.start()
    yield writer
    writer.stop()


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def spool_file(tmp_path: Path) -> Path:
    return tmp_path / "records.spool"


async def test_settled_means_committed(store: Store, spool_file: Path) -> None:
    """When `settled` returns, everything put before is in the store, in batches of at most 500."""
    with running(store, Spool(spool_file)) as writer:
        for number in range(1200):
            writer.put(a_record(f"rec_{number}"))
        await writer.settled()

        assert len(store.rows) == 1200
        assert max(store.batches) <= 500


async def test_records_are_committed_without_asking(store: Store, spool_file: Path) -> None:
    """A record alone is committed soon after it was put, whoever waits for it."""
    with running(store, Spool(spool_file)) as writer:
        writer.put(a_record())
        for _ in range(100):
            if store.rows:
                break
            await asyncio.sleep(0.01)

        assert "rec_1" in store.rows


async def test_stopping_loses_nothing(store: Store, spool_file: Path) -> None:
    """What was put before the stop is committed when the stop returns."""
    with running(store, Spool(spool_file)) as writer:
        for number in range(700):
            writer.put(a_record(f"rec_{number}"))

    assert len(store.rows) == 700


async def test_an_idle_writer_settles_at_once(store: Store, spool_file: Path) -> None:
    """With nothing to commit `settled` returns and nothing is written."""
    with running(store, Spool(spool_file)) as writer:
        await writer.settled()

    assert store.batches == []


async def test_records_survive_a_store_that_is_away(store: Store, spool_file: Path) -> None:
    """While the store is away records settle in the spool; the next start brings them home."""
    store.away = True
    with running(store, Spool(spool_file)) as writer:
        writer.put(a_record("rec_1"))
        writer.put(a_record("rec_2"))
        await writer.settled()
        assert writer.degraded
    assert store.rows == {}

    store.away = False
    with running(store, Spool(spool_file)) as writer:
        await writer.settled()
        assert store.rows == {"rec_1": a_record("rec_1"), "rec_2": a_record("rec_2")}
        assert not writer.degraded


async def test_the_spool_is_emptied_without_a_restart(store: Store, spool_file: Path) -> None:
    """When the store is back, what was spooled follows by itself."""
    with running(store, Spool(spool_file)) as writer:
        store.away = True
        writer.put(a_record("rec_1"))
        await writer.settled()
        store.away = False
        for _ in range(100):
            await asyncio.sleep(0.05)
            if not writer.degraded:
                break

        assert store.rows == {"rec_1": a_record("rec_1")}


async def test_without_store_and_spool_strictness_hears_of_it(store: Store, spool_file: Path) -> None:
    """When nothing takes a record, `settled` raises and the record waits in memory."""
    store.away = True
    with running(store, Spool(spool_file, limit=10)) as writer:
        writer.put(a_record("rec_1"))
        with pytest.raises(Unavailable):
            await writer.settled()
        store.away = False
        await asyncio.sleep(1.1)
        await writer.settled()

    assert store.rows == {"rec_1": a_record("rec_1")}


async def test_memory_is_capped(store: Store, spool_file: Path) -> None:
    """Past the cap new records are dropped, counted, and `settled` says so."""
    store.away = True
    with running(store, Spool(spool_file, limit=10), queue_limit=5) as writer:
        for number in range(8):
            writer.put(a_record(f"rec_{number}"))
        assert writer.dropped == 3
        with pytest.raises(Unavailable, match="spool is full"):
            await writer.settled()


async def test_put_never_waits(store: Store, spool_file: Path) -> None:
    """Ten thousand records are put in far less time than they take to commit."""
    with running(store, Spool(spool_file), queue_limit=20_000) as writer:
        record = a_record()
        started = time.perf_counter()
        for _ in range(10_000):
            writer.put(record)

        assert time.perf_counter() - started < 0.5


async def test_an_unreadable_frame_is_passed_over(store: Store, spool_file: Path) -> None:
    """A frame that is no record does not keep the others from coming home."""
    spool = Spool(spool_file)
    spool.append([b"{}"])
    store.away = True
    with running(store, spool) as writer:
        writer.put(a_record("rec_1"))
        await writer.settled()
    store.away = False
    with running(store, Spool(spool_file)) as writer:
        await writer.settled()

    assert list(store.rows) == ["rec_1"]
