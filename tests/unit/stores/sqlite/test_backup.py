import threading
from pathlib import Path

import apsw

from llm_gateway.stores.sqlite import Database, SqliteRecordStore, migrate
from llm_gateway.stores.sqlite.backup import backup
from tests.support.values import StillClock, a_record


def test_a_copy_made_while_writing_is_whole(tmp_path: Path) -> None:
    """The copy is sound and holds everything that was committed before it began, as one file."""
    database = Database(tmp_path / "gateway.db")
    migrate(database, StillClock())
    store = SqliteRecordStore(database)
    store.insert([a_record(f"rec_{number:05}") for number in range(2000)])
    stop = threading.Event()

    def write() -> None:
        number = 2000
        while not stop.is_set():
            store.insert([a_record(f"rec_{number:05}")])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    backup(database, tmp_path / "copy.db")
    stop.set()
    writer.join()
    database.close()

    copy = apsw.Connection(str(tmp_path / "copy.db"))
    assert copy.execute("PRAGMA integrity_check").get == "ok"
    assert int(copy.execute("SELECT count(*) FROM records WHERE id < 'rec_02000'").get) == 2000
    copy.close()
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]
