"""Keeping records and audit events."""

from collections.abc import Sequence
from typing import Protocol

from llm_gateway.domain.record import AuditEvent, Record


class RecordSink(Protocol):
    """Takes records off the request path.

    `put` never blocks and never fails. `settled` returns when everything put before is committed.
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


class AuditLog(Protocol):
    def append(self, event: AuditEvent) -> None: ...

    def list(self, *, limit: int = 50, before: str | None = None) -> Sequence[AuditEvent]: ...
