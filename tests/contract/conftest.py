"""The stores under contract. A new store joins with one more opener in OPENERS."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from llm_gateway.ports.clock import SystemClock
from llm_gateway.ports.keystore import KeyStore, VaultStore
from llm_gateway.ports.policies import PolicyStore
from llm_gateway.ports.records import AuditLog, RecordStore
from llm_gateway.stores.sqlite import (
    Database,
    SqliteAuditLog,
    SqliteKeyStore,
    SqlitePolicyStore,
    SqliteRecordStore,
    SqliteVaultStore,
    migrate,
)


@dataclass(frozen=True)
class Stores:
    """All ports of one store."""

    keys: KeyStore
    records: RecordStore
    audit: AuditLog
    vault: VaultStore
    policies: PolicyStore


Opener = Callable[[Path], AbstractContextManager[Stores]]


@contextmanager
def _sqlite(directory: Path) -> Iterator[Stores]:
    database = Database(directory / "gateway.db")
    migrate(database, SystemClock())
    yield Stores(
        SqliteKeyStore(database),
        SqliteRecordStore(database),
        SqliteAuditLog(database),
        SqliteVaultStore(database),
        SqlitePolicyStore(database),
    )
    database.close()


OPENERS: dict[str, Opener] = {"sqlite": _sqlite}


@pytest.fixture(params=OPENERS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], AbstractContextManager[Stores]]:
    """Opens the same store; calling it twice is what a second process would do."""
    opener = OPENERS[request.param]
    return lambda: opener(tmp_path)


@pytest.fixture
def stores(opened: Callable[[], AbstractContextManager[Stores]]) -> Iterator[Stores]:
    with opened() as store:
        yield store
