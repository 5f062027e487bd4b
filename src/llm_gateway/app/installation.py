"""What is stored under a data directory, opened: for the gateway and for commands beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from llm_gateway.domain.secret import Secret
from llm_gateway.ports.clock import Clock, SystemClock
from llm_gateway.settings import Settings
from llm_gateway.stores.sqlite import (
    Database,
    SqliteAuditLog,
    SqliteKeyStore,
    SqliteRecordStore,
    SqliteVaultStore,
    migrate,
)
from llm_gateway.stores.sqlite.database import FILE_NAME
from llm_gateway.stores.vault import LocalVault, open_vault


@dataclass(frozen=True, slots=True)
class Installation:
    """The stores and the vault of one data directory."""

    database: Database
    keys: SqliteKeyStore
    records: SqliteRecordStore
    audit: SqliteAuditLog
    vault: LocalVault


def database_path(settings: Settings) -> Path:
    return settings.data_dir / FILE_NAME


@contextmanager
def open_installation(settings: Settings, clock: Clock | None = None) -> Iterator[Installation]:
    """Opens, creating on the first start what is missing; closes the database at the end.

    Raises CannotStart when keys, schema or files do not fit.
    """
    clock = clock or SystemClock()
    database = Database(database_path(settings))
    try:
        migrate(database, clock)
        vault = open_vault(
            settings.data_dir,
            SqliteVaultStore(database),
            clock,
            master_key=_secret(settings.master_key),
            pepper=_secret(settings.pepper),
        )
        yield Installation(
            database,
            SqliteKeyStore(database),
            SqliteRecordStore(database),
            SqliteAuditLog(database),
            vault,
        )
    finally:
        database.close()


def _secret(value: SecretStr | None) -> Secret | None:
    """An empty setting counts as none."""
    return Secret(value.get_secret_value()) if value and value.get_secret_value() else None
