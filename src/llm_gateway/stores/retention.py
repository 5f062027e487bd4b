"""Deletes records past their time, in batches small enough that nobody waits for them."""

import asyncio
import contextlib
import logging

from llm_gateway.domain.errors import Unavailable
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.records import RecordStore

DAY = 86_400.0
ROUND = 3600.0
BATCH = 500
PAUSE = 0.05

_log = logging.getLogger(__name__)


class Retention:
    """A background task that goes over the records once an hour."""

    def __init__(self, store: RecordStore, clock: Clock, *, days: float) -> None:
        self._store = store
        self._clock = clock
        self._days = days
        self._task: asyncio.Task[None] | None = None

    async def sweep(self) -> int:
        """Deletes all records older than the retention; gives how many. Raises Unavailable."""
        oldest = self._clock.now() - self._days * DAY
        total = 0
        while deleted := await asyncio.to_thread(self._store.delete_before, oldest, limit=BATCH):
            total += deleted
            await asyncio.sleep(PAUSE)
        return total

    async def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="record retention")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        while True:
            try:
                await self.sweep()
            except Unavailable as error:
                _log.warning("record retention: %s (%s)", error.message, error.detail)
            await asyncio.sleep(ROUND)
