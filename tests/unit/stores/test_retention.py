import asyncio
from pathlib import Path

from llm_gateway.domain.errors import Unavailable
from llm_gateway.stores.retention import DAY, Retention
from llm_gateway.stores.sqlite import Database, SqliteRecordStore, migrate
from tests.support.values import NOW, StillClock, a_record


def filled(path: Path) -> SqliteRecordStore:
    database = Database(path / "gateway.db")
    migrate(database, StillClock())
    store = SqliteRecordStore(database)
    store.insert([a_record(f"rec_{number:04}", time=NOW - number * DAY / 100) for number in range(1200)])
    return store


async def test_a_sweep_deletes_what_is_past_its_time(tmp_path: Path) -> None:
    """Records older than the retention go, in as many batches as it takes; the others stay."""
    store = filled(tmp_path)

    assert await Retention(store, StillClock(), days=2).sweep() == 999
    assert len(store.list(limit=2000)) == 201
    assert min(record.time for record in store.list(limit=2000)) == NOW - 2 * DAY


class Away(SqliteRecordStore):
    """A store that cannot delete."""

    calls = 0

    def delete_before(self, time: float, *, limit: int) -> int:
        self.calls += 1
        raise Unavailable("the store is away")


async def test_the_task_outlives_a_store_that_is_away(tmp_path: Path) -> None:
    """A failed sweep is logged and tried again later; stopping ends the task."""
    store = Away(Database(tmp_path / "gateway.db"))
    retention = Retention(store, StillClock(), days=1)
    await retention.start()
    await asyncio.sleep(0.1)
    await retention.stop()
    await retention.stop()

    assert store.calls == 1
