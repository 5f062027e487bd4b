"""What happens when no byte can be written any more, and when it can again."""

import subprocess
import sys
from pathlib import Path

# The limit on file sizes stands for a full disk: beyond it every write fails, also those of SQLite.
PROGRAM = """
import asyncio, resource, signal, sys
from pathlib import Path
from tests.support.values import a_key, a_record, an_event
from llm_gateway.domain.errors import Unavailable
from llm_gateway.ports.clock import SystemClock
from llm_gateway.stores.spool import Spool
from llm_gateway.stores.sqlite import Database, SqliteKeyStore, SqliteRecordStore, migrate
from llm_gateway.stores.writer import RecordWriter

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

async def refused(writer):
    try:
        await writer.settled()
    except Unavailable as error:
        return error.message
    return ""

async def main(directory):
    database = Database(directory / "gateway.db")
    migrate(database, SystemClock())
    keys, records = SqliteKeyStore(database), SqliteRecordStore(database)
    spool = Spool(directory / "records.spool")
    writer = RecordWriter(records, spool, SystemClock())
    writer.start()
    writer.put(a_record("rec_before"))
    await writer.settled()

    limit(1)
    writer.put(a_record("rec_during"))
    assert "cannot be written" in await refused(writer)
    try:
        keys.save(an_event(), key=a_key())
        raise SystemExit("a key was saved on a full disk")
    except Unavailable:
        pass
    assert [one.id for one in records.list()] == ["rec_before"], "readable while nothing can be written"

    limit(resource.RLIM_INFINITY)
    await asyncio.sleep(1.1)
    await writer.settled()
    keys.save(an_event(), key=a_key())
    assert [one.id for one in records.list()] == ["rec_during", "rec_before"]
    with database.reading() as connection:
        assert connection.execute("PRAGMA integrity_check").get == "ok"
    writer.stop()
    database.close()
    print("fine")

asyncio.run(main(Path(sys.argv[1])))
"""


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """While the disk is full nothing is acknowledged; after it, what waited is kept without a restart."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr
