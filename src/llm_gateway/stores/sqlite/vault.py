"""The vault's entries in the database."""

from collections.abc import Sequence

import apsw

from llm_gateway.ports.keystore import VaultEntry
from llm_gateway.stores.sqlite.database import Database


class SqliteVaultStore:
    """Implements ports.VaultStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self) -> Sequence[VaultEntry]:
        with self._database.reading() as connection:
            return _all(connection)

    def add(self, entries: Sequence[VaultEntry]) -> Sequence[VaultEntry]:
        with self._database.writing() as connection:
            if stored := _all(connection):
                return stored
            connection.executemany(
                "INSERT INTO vault (id, kind, value, created_at) VALUES (?, ?, ?, ?)",
                [(entry.id, entry.kind, entry.value, entry.created_at) for entry in entries],
            )
            return _all(connection)


def _all(connection: apsw.Connection) -> Sequence[VaultEntry]:
    rows = connection.execute("SELECT id, kind, value, created_at FROM vault ORDER BY id")
    return [VaultEntry(*row) for row in rows]
