"""Records and audit events, to read only."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from llm_gateway.domain.errors import NotFound
from llm_gateway.ports.records import AuditLog, RecordReader
from llm_gateway.web.admin.rights import AuditRead, RecordsRead
from llm_gateway.web.admin.schemas import AuditEventOut, AuditPage, RecordOut, RecordPage

Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str | None, Query(max_length=64, pattern=r"^[0-9A-Za-z_-]+$")]
Kid = Annotated[str | None, Query(max_length=64, pattern=r"^[0-9A-Za-z]+$")]


def history_router(records: RecordReader, audit: AuditLog) -> APIRouter:
    router = APIRouter(prefix="/api/dashboard", tags=["Records and audit"])

    @router.get("/records")
    async def list_records(
        actor: RecordsRead,
        limit: Limit = 50,
        before: Cursor = None,
        kid: Kid = None,
        verdict: Annotated[Literal["allow", "flag", "mask", "block"] | None, Query()] = None,
    ) -> RecordPage:
        """Exchanges, newest first. No record holds prompt, answer or matched text."""
        found = await asyncio.to_thread(records.list, limit=limit, before=before, kid=kid, verdict=verdict)
        page = [RecordOut.of(record) for record in found]
        return RecordPage(data=page, next=page[-1].id if len(page) == limit else None)

    @router.get("/records/{record_id}")
    async def show_record(actor: RecordsRead, record_id: str) -> RecordOut:
        """One exchange, by the request id that its answer carried."""
        plain = len(record_id) <= 64 and record_id.isascii() and record_id.isprintable()
        found = await asyncio.to_thread(records.get, record_id) if plain else None
        if found is None:
            raise NotFound("There is no record with this id.", code="record_not_found", param="record_id")
        return RecordOut.of(found)

    @router.get("/audit")
    async def list_audit(actor: AuditRead, limit: Limit = 50, before: Cursor = None) -> AuditPage:
        """Administrative acts, newest first."""
        found = await asyncio.to_thread(audit.list, limit=limit, before=before)
        page = [AuditEventOut.of(event) for event in found]
        return AuditPage(data=page, next=page[-1].id if len(page) == limit else None)

    return router
