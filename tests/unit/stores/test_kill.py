"""What is promised when the process is killed at once."""

import signal
import subprocess
import sys
from pathlib import Path

from llm_gateway.ports.clock import SystemClock
from llm_gateway.stores.sqlite import Database, SqliteRecordStore, migrate

# Prints the id of each record after `settled` returned for it, until it is killed.
PROGRAM = """
import asyncio, sys
from pathlib import Path
from tests.support.values import a_record
from llm_gateway.ports.clock import SystemClock
from llm_gateway.stores.spool import Spool
from llm_gateway.stores.sqlite import Database, SqliteRecordStore, migrate
from llm_gateway.stores.writer import RecordWriter

async def main(directory):
    database = Database(directory / "gateway.db")
    migrate(database, SystemClock())
    writer = RecordWriter(SqliteRecordStore(database), Spool(directory / "records.spool"), SystemClock())
    writer.start()
    number = 0
    while True:
        batch = [f"rec_{number + offset:06}" for offset in range(7)]
        number += 7
        for record_id in batch:
            writer.put(a_record(record_id))
        await writer.settled()
        print("\\n".join(batch), flush=True)

asyncio.run(main(Path(sys.argv[1])))
"""


def test_acknowledged_records_survive_a_kill(tmp_path: Path) -> None:
    """After SIGKILL in the middle of writing, every record that was acknowledged is there."""
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(210)]
    process.send_signal(signal.SIGKILL)
    acknowledged += process.stdout.read().split("\n")[:-1]
    process.stdout.close()
    process.wait()

    database = Database(tmp_path / "gateway.db")
    migrate(database, SystemClock())
    kept = {record.id for record in SqliteRecordStore(database).list(limit=1_000_000)}
    with database.reading() as connection:
        assert connection.execute("PRAGMA integrity_check").get == "ok"
    database.close()
    assert len(acknowledged) >= 210
    assert set(acknowledged) <= kept
