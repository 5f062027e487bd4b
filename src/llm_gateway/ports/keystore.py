"""Where keys and connections live. Used by administrative acts only, never by the request path."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from llm_gateway.domain.keys import Connection, GatewayKey
from llm_gateway.domain.record import AuditEvent
from llm_gateway.ports.directory import Snapshot


class KeyStore(Protocol):
    """Every change commits the rows, their audit event and a change number in one transaction.

    All methods raise Unavailable when the store is away or cannot write.
    """

    def snapshot(self, since: Snapshot | None = None) -> Snapshot:
        """All keys and connections. Given an older snapshot, reads only what changed after it."""
        ...

    def seq(self) -> int:
        """The number of the last change, made by whatever process; cheap enough to poll."""
        ...

    def key(self, kid: str) -> GatewayKey | None: ...

    def keys(self, *, limit: int = 50, after: str | None = None) -> Sequence[GatewayKey]:
        """By creation, newest first; `after` is the kid of the last key of the previous page.
        Empty after an unknown kid."""
        ...

    def connection(self, connection_id: str) -> Connection | None: ...

    def connections(self) -> Sequence[Connection]: ...

    def save(
        self,
        event: AuditEvent,
        *,
        key: GatewayKey | None = None,
        replaces: GatewayKey | None = None,
        connections: Sequence[Connection] = (),
        forget: Sequence[str] = (),
    ) -> int:
        """Commits the given rows and gives the change number.

        `replaces` is the row that `key` was made from, None for a new key. Raises Conflict when the
        stored row is another by now (so that no change is lost, and no rotation undone by a stale
        write) and always when the stored key is revoked: a revoked key never changes again.
        `connections` are inserted or replaced. `forget` are connections whose sealed provider keys are
        erased unless, after this change, a key that is not revoked still leads to them.
        """
        ...


@dataclass(frozen=True, slots=True)
class VaultEntry:
    """What the vault keeps in the database: a wrapped data key or a check value; useless alone."""

    id: str
    kind: str
    value: bytes
    created_at: float


class VaultStore(Protocol):
    """Where the vault keeps its entries."""

    def entries(self) -> Sequence[VaultEntry]: ...

    def add(self, entries: Sequence[VaultEntry]) -> Sequence[VaultEntry]:
        """Adds them all if the store has none yet, in one transaction; gives what is stored then.
        Of two processes that start at once, both get the entries of the first."""
        ...
