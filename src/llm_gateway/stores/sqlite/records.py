"""Records in SQLite."""

from collections.abc import Sequence

from llm_gateway.domain.record import Record
from llm_gateway.stores.record_json import record_document, record_from
from llm_gateway.stores.sqlite.database import Database
from llm_gateway.stores.sqlite.sums import add_up

_INSERT = (
    "INSERT INTO records (id, project, kid, verdict, model, rule, document, time) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING id"
)
_DELETE = (
    "DELETE FROM records WHERE rowid IN (SELECT rowid FROM records WHERE time < ? ORDER BY time LIMIT ?)"
)


class SqliteRecordStore:
    """Implements ports.RecordStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def insert(self, records: Sequence[Record]) -> None:
        with self._database.writing() as connection:
            inserted = {row[0] for row in connection.executemany(_INSERT, map(_row, records))}
            add_up(connection, [record for record in records if _text(record.id) in inserted])

    def list(
        self,
        *,
        limit: int = 50,
        before: str | None = None,
        kid: str | None = None,
        verdict: str | None = None,
    ) -> Sequence[Record]:
        given = {"id < ?": before, "kid = ?": kid, "verdict = ?": verdict}
        chosen = {condition: value for condition, value in given.items() if value is not None}
        where = f"WHERE {' AND '.join(chosen)}" if chosen else ""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT document FROM records {where} ORDER BY id DESC LIMIT ?",  # noqa: S608
                (*chosen.values(), limit),
            )
            return [record_from(document) for (document,) in rows]

    def get(self, record_id: str) -> Record | None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT document FROM records WHERE id = ?", (record_id,)).fetchone()
            return record_from(row[0]) if row else None

    def delete_before(self, time: float, *, limit: int) -> int:
        with self._database.writing() as connection:
            connection.execute(_DELETE, (time, limit))
            return connection.changes()


def _row(record: Record) -> tuple[str | float, ...]:
    texts = (record.id, record.project, record.kid, record.verdict, record.model, record.rule)
    return (*map(_text, texts), record_document(record).decode(), record.time)


def _text(value: str) -> str:
    """SQLite takes no half characters; a record must not be refused for one."""
    return value.encode(errors="replace").decode()
