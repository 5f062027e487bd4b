"""Where keys and connections live. Used by administrative acts only, never by the request path."""

from collections.abc import Sequence
from typing import Protocol

from llm_gateway.domain.keys import Connection, GatewayKey
from llm_gateway.domain.record import AuditEvent
from llm_gateway.ports.directory import Snapshot


class KeyStore(Protocol):
    """Every change commits the row, its audit event and a change number in one transaction."""

    def snapshot(self) -> Snapshot: ...

    def seq(self) -> int:
        """The number of the last change, made by whatever process; cheap enough to poll."""
        ...

    def key(self, kid: str) -> GatewayKey | None: ...

    def keys(self, *, limit: int = 50, after: str | None = None) -> Sequence[GatewayKey]:
        """By creation, newest first; `after` is the kid of the last key of the previous page."""
        ...

    def connection(self, connection_id: str) -> Connection | None: ...

    def connections(self) -> Sequence[Connection]: ...

    def save(
        self, event: AuditEvent, *, key: GatewayKey | None = None, connection: Connection | None = None
    ) -> int:
        """Insert or replace the given rows; gives the change number. Raises Conflict when a
        revoked key would come back to life."""
        ...
