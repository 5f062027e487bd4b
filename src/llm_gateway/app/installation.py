"""A data directory, opened: what the server and the commands share."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from llm_gateway.domain.secret import Secret
from llm_gateway.ports.clock import Clock, SystemClock
from llm_gateway.ports.startup import CannotStart
from llm_gateway.settings import Settings
from llm_gateway.stores.sqlite import (
    Database,
    SqliteAuditLog,
    SqliteKeyStore,
    SqlitePins,
    SqlitePolicyStore,
    SqliteRecordStore,
    SqliteVaultStore,
    migrate,
)
from llm_gateway.stores.vault import LocalVault, open_vault

DATABASE_FILE = "gateway.db"


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything that is kept between starts."""

    directory: Path
    database: Database
    keys: SqliteKeyStore
    records: SqliteRecordStore
    audit: SqliteAuditLog
    policies: SqlitePolicyStore
    pins: SqlitePins
    vault: LocalVault
    clock: Clock


@contextmanager
def opened(settings: Settings, clock: Clock | None = None) -> Iterator[Installation]:
    """The installation in `settings.data_dir`, created on the first start and brought up to date.

    Raises CannotStart with the remedy when the directory, the master key or the schema do not fit.
    """
    clock = clock or SystemClock()
    directory = settings.data_dir
    _make(directory)
    database = Database(directory / DATABASE_FILE)
    try:
        migrate(database, clock)
        vault = open_vault(
            directory,
            SqliteVaultStore(database),
            clock,
            master_key=secret_of(settings.master_key),
            pepper=secret_of(settings.pepper),
        )
        yield Installation(
            directory=directory,
            database=database,
            keys=SqliteKeyStore(database),
            records=SqliteRecordStore(database),
            audit=SqliteAuditLog(database),
            policies=SqlitePolicyStore(database),
            pins=SqlitePins(database, clock),
            vault=vault,
            clock=clock,
        )
    finally:
        database.close()


def secret_of(value: SecretStr | None) -> Secret | None:
    """A setting as the domain's own kind of secret."""
    return None if value is None else Secret(value.get_secret_value())


def _make(directory: Path) -> None:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"The data directory {directory} cannot be made ({error.strerror}); name another with --data."
        ) from error
