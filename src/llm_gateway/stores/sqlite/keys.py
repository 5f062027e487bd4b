"""Keys and connections in SQLite."""

import math
from collections.abc import Sequence

import apsw

from llm_gateway.domain.errors import Conflict
from llm_gateway.domain.keys import Connection, GatewayKey, KeyStatus
from llm_gateway.domain.record import AuditEvent
from llm_gateway.ports.directory import Snapshot
from llm_gateway.stores.sqlite.audit import insert_event
from llm_gateway.stores.sqlite.changes import any_since, note, seq
from llm_gateway.stores.sqlite.database import Database
from llm_gateway.stores.sqlite.policies import live_policies
from llm_gateway.stores.sqlite.rows import (
    CONNECTION_COLUMNS,
    KEY_COLUMNS,
    connection_from,
    connection_row,
    key_from,
    key_row,
)


def _upsert(table: str, columns: str) -> str:
    first, *others = columns.split(", ")
    marks = ", ".join("?" for _ in (first, *others))
    updates = ", ".join(f"{name} = excluded.{name}" for name in others)
    return (
        f"INSERT INTO {table} ({columns}) VALUES ({marks}) "  # noqa: S608
        f"ON CONFLICT ({first}) DO UPDATE SET {updates}"
    )


# The statements are put together from the column lists of rows.py and nothing else.
_SELECT_KEYS = f"SELECT {KEY_COLUMNS} FROM keys"  # noqa: S608
_SELECT_CONNECTIONS = f"SELECT {CONNECTION_COLUMNS} FROM connections"  # noqa: S608
_PUT_KEY = _upsert("keys", KEY_COLUMNS)
_PUT_CONNECTION = _upsert("connections", CONNECTION_COLUMNS)
_PAGE = " WHERE (created_at, kid) < (SELECT created_at, kid FROM keys WHERE kid = ?)"
_NEWEST_FIRST = " ORDER BY created_at DESC, kid DESC LIMIT ?"
_CHANGED = " IN (SELECT id FROM changes WHERE seq > ?)"
_FORGET = (
    "UPDATE connections SET sealed_key = '' WHERE id = ?1 AND NOT EXISTS "
    "(SELECT 1 FROM keys WHERE connection_id = ?1 AND status <> 'revoked') AND NOT EXISTS "
    "(SELECT 1 FROM keys, json_each(keys.alternatives) WHERE keys.alternatives IS NOT NULL "
    "AND status <> 'revoked' AND json_extract(json_each.value, '$.connection_id') = ?1)"
)


class SqliteKeyStore:
    """Implements ports.KeyStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def snapshot(self, since: Snapshot | None = None) -> Snapshot:
        known = since or Snapshot()
        only_keys, only_connections = (" WHERE kid" + _CHANGED, " WHERE id" + _CHANGED) if since else ("", "")
        after = (known.seq,) if since else ()
        with self._database.reading(within=math.inf) as connection:
            newest = seq(connection)
            connections = map(
                connection_from, connection.execute(_SELECT_CONNECTIONS + only_connections, after)
            )
            found = {one.id: one for one in connections}
            keys = {
                one.kid: one for one in map(key_from, connection.execute(_SELECT_KEYS + only_keys, after))
            }
            unchanged = since is not None and not any_since(connection, "policy", since.seq)
            policies = known.policies if unchanged else live_policies(connection)
        return Snapshot(newest, {**known.keys, **keys}, {**known.connections, **found}, policies)

    def seq(self) -> int:
        with self._database.reading() as connection:
            return seq(connection)

    def key(self, kid: str) -> GatewayKey | None:
        with self._database.reading() as connection:
            return _key(connection, kid)

    def keys(self, *, limit: int = 50, after: str | None = None) -> Sequence[GatewayKey]:
        where, values = ("", ()) if after is None else (_PAGE, (after,))
        with self._database.reading() as connection:
            rows = connection.execute(_SELECT_KEYS + where + _NEWEST_FIRST, (*values, limit))
            return [key_from(row) for row in rows]

    def connection(self, connection_id: str) -> Connection | None:
        with self._database.reading() as connection:
            row = connection.execute(f"{_SELECT_CONNECTIONS} WHERE id = ?", (connection_id,)).fetchone()
            return connection_from(row) if row else None

    def connections(self) -> Sequence[Connection]:
        with self._database.reading() as connection:
            rows = connection.execute(f"{_SELECT_CONNECTIONS} ORDER BY created_at, id")
            return [connection_from(row) for row in rows]

    def save(
        self,
        event: AuditEvent,
        *,
        key: GatewayKey | None = None,
        replaces: GatewayKey | None = None,
        connections: Sequence[Connection] = (),
        forget: Sequence[str] = (),
    ) -> int:
        with self._database.writing() as writer:
            for connection in connections:
                writer.execute(_PUT_CONNECTION, connection_row(connection))
                note(writer, "connection", connection.id)
            if key is not None:
                _check_unchanged(_key(writer, key.kid), replaces)
                writer.execute(_PUT_KEY, key_row(key))
                note(writer, "key", key.kid)
            for forgotten in forget:
                writer.execute(_FORGET, (forgotten,))
                note(writer, "connection", forgotten)
            insert_event(writer, event)
            return seq(writer)


def _check_unchanged(stored: GatewayKey | None, expected: GatewayKey | None) -> None:
    if stored is not None and stored.status is KeyStatus.REVOKED:
        raise Conflict("The key is revoked, which is final; create a new one", code="key_revoked")
    if stored != expected:
        raise Conflict("The key was changed by somebody else meanwhile; read it again", code="key_changed")


def _key(connection: apsw.Connection, kid: str) -> GatewayKey | None:
    row = connection.execute(f"{_SELECT_KEYS} WHERE kid = ?", (kid,)).fetchone()
    return key_from(row) if row else None
