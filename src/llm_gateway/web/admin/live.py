"""Records as they happen, as server-sent events."""

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from typing import Annotated, Literal, Protocol

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from llm_gateway.domain.record import Record
from llm_gateway.web.admin.history import Kid
from llm_gateway.web.admin.rights import RecordsRead
from llm_gateway.web.admin.schemas import RecordOut

HEARTBEAT = 15.0
BEATS = 20
"""After this many quiet moments the stream ends; browsers ask again, and are checked again."""


class Watch(Protocol):
    def records(self, patience: float) -> AsyncIterator[Record | None]: ...


class Tail(Protocol):
    def watching(self) -> AbstractContextManager[Watch]: ...


def live_router(tail: Tail) -> APIRouter:
    router = APIRouter(prefix="/api/dashboard", tags=["Records and audit"])

    @router.get("/live", response_class=StreamingResponse)
    async def watch_records(
        actor: RecordsRead,
        kid: Kid = None,
        verdict: Annotated[Literal["allow", "flag", "mask", "block"] | None, Query()] = None,
    ) -> StreamingResponse:
        """Exchanges as they end: events named `record`, each a record as /records gives it."""
        return StreamingResponse(_events(tail, kid, verdict), media_type="text/event-stream")

    return router


async def _events(tail: Tail, kid: str | None, verdict: str | None) -> AsyncIterator[str]:
    with tail.watching() as watch:
        yield "retry: 3000\n: open\n\n"
        beats = 0
        async for record in watch.records(HEARTBEAT):
            if record is None:
                beats += 1
                yield ": still here\n\n"
            elif kid in (None, record.kid) and verdict in (None, record.verdict):
                yield f"event: record\nid: {record.id}\ndata: {RecordOut.of(record).model_dump_json()}\n\n"
            if beats >= BEATS:
                return
