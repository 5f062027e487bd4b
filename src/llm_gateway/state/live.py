"""Records as they happen, for those who watch."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from llm_gateway.domain.errors import RateLimited
from llm_gateway.domain.record import Record
from llm_gateway.ports.records import RecordSink

WATCHERS = 32
WAITING = 200
"""Records that wait for one slow watcher; older ones are left out, and how many is told."""


class Watch:
    """One watcher's share of the stream."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Record | None] = asyncio.Queue(WAITING)
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
            if record is None:
                return
            yield record


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
        watch = Watch()
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
