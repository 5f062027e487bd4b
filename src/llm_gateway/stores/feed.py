"""The change feed: how a running gateway learns of changes, whoever made them.

Each change has a number. The gateway asks for the highest one every 250 ms and, when it grew, swaps
the snapshot that requests are served from. A push may make it ask sooner, never otherwise: the poll
is the truth.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable

from llm_gateway.domain.errors import Unavailable
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.directory import Snapshot
from llm_gateway.ports.keystore import KeyStore

POLL_INTERVAL = 0.25

_log = logging.getLogger(__name__)


class LiveDirectory:
    """Implements ports.Directory and ports.Follower over a key store.

    Only a snapshot with a higher number replaces the current one, so a slow reader cannot bring
    back a key that was revoked meanwhile. While the store is away the last snapshot stays;
    `staleness` tells for how long. `prepare` is given each snapshot before it is served from, off the
    event loop, for what has to be built from it first.
    """

    def __init__(
        self,
        store: KeyStore,
        clock: Clock,
        interval: float = POLL_INTERVAL,
        *,
        prepare: Callable[[Snapshot], None] = lambda _: None,
    ) -> None:
        """Reads the first snapshot, so a store that is away fails here. Blocks."""
        self._store = store
        self._clock = clock
        self._interval = interval
        self._swap = threading.Lock()
        self._prepare = prepare
        self._current = store.snapshot()
        prepare(self._current)
        self._seen_at = clock.ticks()
        self._task: asyncio.Task[None] | None = None

    @property
    def current(self) -> Snapshot:
        return self._current

    @property
    def staleness(self) -> float:
        """Seconds since the store last confirmed that the snapshot is the newest."""
        return self._clock.ticks() - self._seen_at

    def refresh(self) -> None:
        """Catches up with the store. Blocks; safe from any thread. Raises Unavailable."""
        asked_at = self._clock.ticks()
        known = self._current
        if self._store.seq() > known.seq:
            self._replace(self._store.snapshot(known))
        self._seen_at = asked_at

    def _replace(self, newer: Snapshot) -> None:
        with self._swap:
            if newer.seq > self._current.seq:
                self._prepare(newer)
                self._current = newer

    async def reached(self, seq: int) -> None:
        if self._current.seq < seq:
            await asyncio.to_thread(self.refresh)

    async def start(self) -> None:
        """Begins to follow the store."""
        self._task = asyncio.create_task(self._follow(), name="change feed")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            try:
                await asyncio.to_thread(self.refresh)
            except Unavailable as error:
                _log.warning("change feed: %s (%s)", error.message, error.detail)
