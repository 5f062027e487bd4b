"""Keeping records and audit events."""

from collections.abc import Sequence
from typing import Protocol

from llm_gateway.domain.record import AuditEvent, Record


class RecordSink(Protocol):
    """Takes records off the request path.

    `put` never blocks and never fails. `settled` returns when everything put before is kept for
    good: committed, or synced to the spool while the store is away. It raises Unavailable when
    neither is possible.
    """

    def put(self, record: Record) -> None: ...

    async def settled(self) -> None: ...


class RecordReader(Protocol):
    """Reads records, newest first. `before` is the id of the last record of the previous page."""

    def list(
        self,
        *,
        limit: int = 50,
        before: str | None = None,
        kid: str | None = None,
        verdict: str | None = None,
    ) -> Sequence[Record]: ...

    def get(self, record_id: str) -> Record | None: ...


class RecordStore(RecordReader, Protocol):
    """A reader that also keeps. Raises Unavailable when it cannot."""

    def insert(self, records: Sequence[Record]) -> None:
        """Commits all of them at once. A record whose id is stored already is left as it is, so
        that a replay makes no duplicates."""
        ...

    def delete_before(self, time: float, *, limit: int) -> int:
        """Deletes up to `limit` records older than `time` (Unix seconds); gives how many."""
        ...


class AuditLog(Protocol):
    """Administrative acts, newest first. Events of changes to keys are written by KeyStore.save."""

    def append(self, event: AuditEvent) -> None: ...

    def list(self, *, limit: int = 50, before: str | None = None) -> Sequence[AuditEvent]: ...
