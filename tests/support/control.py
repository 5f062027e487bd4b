"""The administrative use cases over a real store in a directory of the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from llm_gateway.control import Actor, ControlDeps, Destination, Keys, NewKey, Registration
from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.secret import Secret
from llm_gateway.stores.sqlite import (
    Database,
    SqliteAuditLog,
    SqliteKeyStore,
    SqliteRecordStore,
    SqliteVaultStore,
    migrate,
)
from llm_gateway.stores.vault import open_vault
from tests.support.values import StillClock

MARIA = Actor("cli:maria", "terminal")
CANARY = "sk-provider-key-canary"


@dataclass
class Vetter:
    """Stands for the check of addresses; refuses hosts named `private`."""

    seen: list[str] = field(default_factory=list)

    async def __call__(self, url: str) -> None:
        self.seen.append(url)
        if "private" in url:
            raise BadRequest("base_url leads to a private address.", param="base_url")


@dataclass
class Follower:
    """Notes which changes were waited for."""

    seen: list[int] = field(default_factory=list)

    async def reached(self, seq: int) -> None:
        self.seen.append(seq)


@dataclass(frozen=True)
class Office:
    """Everything a test of the administrative side needs."""

    deps: ControlDeps
    keys: Keys
    registration: Registration
    store: SqliteKeyStore
    records: SqliteRecordStore
    audit: SqliteAuditLog
    clock: StillClock
    vetter: Vetter
    follower: Follower
    directory: Path

    def actions(self) -> list[str]:
        """What was audited, oldest first."""
        events = sorted(self.audit.list(limit=1000), key=lambda event: event.time)
        return [event.action for event in events]


@contextmanager
def office(directory: Path) -> Iterator[Office]:
    clock, vetter, follower = StillClock(), Vetter(), Follower()
    database = Database(directory / "gateway.db")
    migrate(database, clock)
    vault = open_vault(directory, SqliteVaultStore(database), clock, master_key=None, pepper=None)
    store = SqliteKeyStore(database)
    deps = ControlDeps(store, vault, vetter, follower, clock)
    yield Office(
        deps,
        Keys(deps),
        Registration(deps),
        store,
        SqliteRecordStore(database),
        SqliteAuditLog(database),
        clock,
        vetter,
        follower,
        directory,
    )
    database.close()


def new_key(
    provider: str = "openai", model: str = "gpt-5.5", key: str | None = CANARY, **fields: object
) -> NewKey:
    """A request for a key that succeeds unless `fields` say otherwise."""
    base_url = fields.pop("base_url", None)
    destination = Destination(provider, Secret(key) if key is not None else None, base_url)  # type: ignore[arg-type]
    return NewKey(destination, model, **fields)  # type: ignore[arg-type]
