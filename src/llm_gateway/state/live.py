"""Records as they happen, for those who watch."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from llm_gateway.domain.errors import RateLimited, Unavailable
from llm_gateway.domain.record import Record
from llm_gateway.ports.records import RecordSink

WATCHERS = 32
WAITING = 200
"""Records that wait for one slow watcher; older ones are left out, and how many is told."""


GATHER = 0.1
"""Seconds in which records are gathered before one commit is waited for on behalf of all of them."""


class Watch:
    """One watcher's share of the stream. A record is shown once it is kept, so that it can be opened."""

    def __init__(self, kept: Callable[[], Awaitable[None]]) -> None:
        self._queue: asyncio.Queue[Record | None] = asyncio.Queue(WAITING)
        self._kept = kept
        self.missed = 0

    def offer(self, record: Record | None) -> None:
        if self._queue.full():
            self._queue.get_nowait()
            self.missed += 1
        self._queue.put_nowait(record)

    async def records(self, patience: float) -> AsyncIterator[Record | None]:
        """Each record; None when nothing came for `patience` seconds. Ends when the tail is closed."""
        while True:
            try:
                async with asyncio.timeout(patience):
                    record = await self._queue.get()
            except TimeoutError:
                yield None
                continue
            for one in await self._gathered(record):
                if one is None:
                    return
                yield one

    async def _gathered(self, first: Record | None) -> list[Record | None]:
        """What has come in the meantime, all of it kept by now; or shown all the same while it cannot be."""
        found = [first]
        if first is not None:
            await asyncio.sleep(GATHER)
            while not self._queue.empty():
                found.append(self._queue.get_nowait())
            with suppress(Unavailable):
                await self._kept()
        return found


class LiveTail:
    """Implements ports.RecordSink: hands every record on, and shows it to those who watch.

    Belongs to the loop that serves. With nobody watching, a record costs one comparison.
    """

    def __init__(self, sink: RecordSink) -> None:
        self._sink = sink
        self._watches: set[Watch] = set()
        self._closed = False

    def put(self, record: Record) -> None:
        self._sink.put(record)
        if self._watches:
            for watch in self._watches:
                watch.offer(record)

    async def settled(self) -> None:
        await self._sink.settled()

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        """A watch for as long as the block runs. Raises RateLimited when too many watch already."""
        if len(self._watches) >= WATCHERS:
            raise RateLimited("Too many live views are open; close one.", retry_after=30)
        watch = Watch(self.settled)
        if self._closed:
            watch.offer(None)
        self._watches.add(watch)
        try:
            yield watch
        finally:
            self._watches.discard(watch)

    def close(self) -> None:
        """Ends all watches, so that a stopping server need not wait for them."""
        self._closed = True
        for watch in self._watches:
            watch.offer(None)
