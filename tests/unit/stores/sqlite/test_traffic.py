from pathlib import Path

from llm_gateway.ports.clock import SystemClock
from llm_gateway.stores.sqlite import Database, SqliteAuditLog, migrate
from llm_gateway.stores.sqlite.traffic import SqliteTraffic
from tests.support.values import an_event


def test_marks(tmp_path: Path) -> None:
    """A mark is set and removed, each with its audit event."""
    database = Database(tmp_path / "gateway.db")
    migrate(database, SystemClock())
    traffic = SqliteTraffic(database)

    assert not traffic.marked("rec_1")
    traffic.mark("rec_1", True, an_event("aud_1"))
    traffic.mark("rec_1", True, an_event("aud_2"))
    assert traffic.marked("rec_1")
    traffic.mark("rec_1", False, an_event("aud_3"))
    assert not traffic.marked("rec_1")
    assert [event.id for event in SqliteAuditLog(database).list()] == ["aud_3", "aud_2", "aud_1"]
    database.close()
