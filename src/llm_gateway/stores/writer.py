"""Takes records off the request path and commits them in batches.

Requests put records into a queue; one thread commits what has gathered, at the latest 250 ms after
the first, up to 500 at once. While the store is away the batches go to the spool, synced, and from
there to the store when it is back, or at the next start. When the spool cannot take them either,
records wait in memory up to a cap; past the cap new ones are dropped and counted, and `settled`
raises, so that strict durability turns requests away instead of losing their records.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from llm_gateway.domain.errors import Unavailable
from llm_gateway.domain.record import Record
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.records import RecordStore
from llm_gateway.stores.record_json import record_document, record_from
from llm_gateway.stores.spool import Spool

BATCH = 500
# A commit costs the request path more than its share of the core; five times fewer of them take a quarter
# off the median of a single connection (benchmarks/overhead). Strict durability does not wait for it.
GATHER = 0.25
QUEUE_LIMIT = 20_000
RETRY_AFTER = 1.0
SETTLE_WITHIN = 10.0

_CANNOT_KEEP = "Records cannot be kept right now; check the disk of the data directory"

_log = logging.getLogger(__name__)


class _Mark:
    """A place in the queue that somebody waits for."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.reached: asyncio.Future[None] = self._loop.create_future()

    def tell(self, error: Unavailable | None) -> None:
        """Called by the writer's thread."""
        try:
            self._loop.call_soon_threadsafe(self._tell, error)
        except RuntimeError:  # the loop is closed: nobody waits any more
            return

    def _tell(self, error: Unavailable | None) -> None:
        if self.reached.done():
            return
        if error is None:
            self.reached.set_result(None)
        else:
            self.reached.set_exception(error)


class RecordWriter:
    """Implements ports.RecordSink. Owns the spool: `start` replays it, `stop` closes it."""

    def __init__(
        self, store: RecordStore, spool: Spool, clock: Clock, queue_limit: int = QUEUE_LIMIT
    ) -> None:
        self._store = store
        self._spool = spool
        self._clock = clock
        self._queue_limit = queue_limit
        self._queue: deque[Record | _Mark] = deque()
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._stopping = False
        self._store_away_until = 0.0
        self._thread = threading.Thread(target=self._run, name="record writer", daemon=True)
        self.dropped = 0

    @property
    def degraded(self) -> bool:
        """Whether records are on their way other than into the store: spooled, waiting or dropped."""
        return self._store_away_until > 0.0 or not self._spool.empty

    def put(self, record: Record) -> None:
        if len(self._queue) >= self._queue_limit:
            self.dropped += 1
            return
        self._queue.append(record)
        self._wake.set()

    async def settled(self) -> None:
        dropped = self.dropped
        mark = _Mark()
        self._queue.append(mark)
        self._hurry.set()
        self._wake.set()
        try:
            await asyncio.wait_for(mark.reached, SETTLE_WITHIN)
        except TimeoutError as error:
            raise Unavailable(_CANNOT_KEEP) from error
        if self.dropped > dropped or len(self._queue) >= self._queue_limit:
            raise Unavailable(_CANNOT_KEEP)

    def start(self) -> None:
        """Begins to write, with what an earlier run left in the spool first."""
        self._thread.start()
        self._hurry.set()
        self._wake.set()

    def stop(self) -> None:
        """Commits or spools all that was put, then ends the thread and closes the spool. Blocks."""
        self._stopping = True
        self._hurry.set()
        self._wake.set()
        self._thread.join()
        self._spool.close()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(RETRY_AFTER if self.degraded else None)
            self._hurry.wait(GATHER)
            self._hurry.clear()
            self._wake.clear()
            self._drain_or_log()
        self._drain_or_log()

    def _drain_or_log(self) -> None:
        """The thread's outermost edge: it outlives a mistake, and what it could not keep stays queued."""
        try:
            self._drain()
        except Exception:  # noqa: BLE001 - a thread has no caller to raise to
            _log.exception("the record writer failed")

    def _drain(self) -> None:
        """Keeps everything in the queue; gives up for now when neither store nor spool takes it."""
        self._replay()
        while self._queue:
            batch = list(islice(self._queue, BATCH))
            error = self._keep([item for item in batch if isinstance(item, Record)])
            self._release(batch, keep_records=error is not None)
            for item in batch:
                if isinstance(item, _Mark):
                    item.tell(error)
            if error is not None:
                _log.error("records cannot be kept: %s (%s)", error.message, error.detail)
                return

    def _release(self, batch: Sequence[Record | _Mark], *, keep_records: bool) -> None:
        for _ in batch:
            self._queue.popleft()
        if keep_records:
            self._queue.extendleft(item for item in reversed(batch) if isinstance(item, Record))

    def _keep(self, records: Sequence[Record]) -> Unavailable | None:
        if not records:
            return None
        if self._insert(records):
            return None
        try:
            self._spool.append([record_document(record) for record in records])
        except Unavailable as error:
            return error
        return None

    def _insert(self, records: Sequence[Record]) -> bool:
        if self._clock.ticks() < self._store_away_until:
            return False
        try:
            self._store.insert(records)
        except Unavailable as error:
            self._store_away_until = self._clock.ticks() + RETRY_AFTER
            _log.warning("records go to the spool: %s (%s)", error.message, error.detail)
            return False
        self._store_away_until = 0.0
        return True

    def _replay(self) -> None:
        if self._spool.empty:
            return
        records = (record for payload in self._spool if (record := _readable(payload)) is not None)
        if all(self._insert(batch) for batch in _batches(records)):
            self._spool.clear()


def _readable(payload: bytes) -> Record | None:
    try:
        return record_from(payload)
    except ValueError:
        _log.error("the spool holds a frame of %d bytes that is no record; skipped", len(payload))
        return None


def _batches(records: Iterable[Record]) -> Iterator[Sequence[Record]]:
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH)):
        yield batch
