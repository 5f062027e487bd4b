"""Audit events in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw
import orjson

from llm_gateway.domain.record import AuditEvent
from llm_gateway.stores.sqlite.database import Database

_COLUMNS = "id, time, project, actor, action, target, source, document"
_SELECT = f"SELECT {_COLUMNS} FROM audit"  # noqa: S608
_INSERT = f"INSERT INTO audit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


class SqliteAuditLog:
    """Implements ports.AuditLog."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, event: AuditEvent) -> None:
        with self._database.writing() as connection:
            insert_event(connection, event)

    def list(self, *, limit: int = 50, before: str | None = None) -> Sequence[AuditEvent]:
        where, values = ("", ()) if before is None else (" WHERE id < ?", (before,))
        with self._database.reading() as connection:
            rows = connection.execute(f"{_SELECT}{where} ORDER BY id DESC LIMIT ?", (*values, limit))
            return [_event_from(row) for row in rows]


def insert_event(connection: apsw.Connection, event: AuditEvent) -> None:
    """Writes an event within the transaction of the change that it tells of."""
    document = orjson.dumps({"before": dict(event.before), "after": dict(event.after)}).decode()
    values = (event.id, event.time, event.project, event.actor, event.action, event.target, event.source)
    connection.execute(_INSERT, (*values, document))


def _event_from(row: tuple[Any, ...]) -> AuditEvent:
    event_id, time, project, actor, action, target, source, document = row
    states = orjson.loads(document)
    return AuditEvent(
        id=event_id,
        time=time,
        actor=actor,
        action=action,
        target=target,
        project=project,
        source=source,
        before=states["before"],
        after=states["after"],
    )
