"""Connections to the database file: one that writes, a few that read."""

import math
import os
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import apsw

from llm_gateway.domain.errors import Unavailable
from llm_gateway.ports.startup import CannotStart

OLDEST_LIBRARY: Final = (3, 51, 3)
BUSY_TIMEOUT_MS: Final = 5000
READ_WITHIN: Final = 5.0

# mmap stays off and every commit is synced: what has been acknowledged survives a power cut, and an
# I/O error stays an error instead of a signal.
_PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA mmap_size = 0;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA journal_size_limit = 67108864;
"""


class Database:
    """An open database file. Safe to use from any thread; blocks, so keep it off the event loop."""

    def __init__(self, path: Path) -> None:
        """Opens or creates the file, readable by its owner only. Raises CannotStart or Unavailable."""
        check_library(apsw.sqlite_lib_version())
        _create(path)
        self.path = path
        self._lock = threading.Lock()
        self._idle: queue.SimpleQueue[_Reader] = queue.SimpleQueue()
        with _translated():
            self._writer = _connect(path)

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction: committed when the block ends, undone when it raises."""
        with self._lock, _translated():
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self, *, within: float = READ_WITHIN) -> Iterator[apsw.Connection]:
        """One consistent view of the data, whatever is written meanwhile.

        What is not read `within` that many seconds is given up with Unavailable, so that no question
        to the administrative API can keep a processor busy.
        """
        with _translated():
            reader = self._reader()
            reader.deadline = time.monotonic() + within
            try:
                reader.connection.execute("BEGIN")
                yield reader.connection
            finally:
                reader.deadline = math.inf
                if reader.connection.in_transaction:
                    reader.connection.execute("ROLLBACK")
                self._idle.put(reader)

    def _reader(self) -> "_Reader":
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return _Reader(_connect(self.path))

    def close(self) -> None:
        """Waits for a running change. The database must not be used afterwards."""
        with self._lock:
            while not self._idle.empty():
                self._idle.get_nowait().connection.close()
            self._writer.close()


class _Reader:
    """A connection that only reads, and stops reading at its deadline."""

    _STEPS = 10_000  # of SQLite's machine between two looks at the clock, about a millisecond

    def __init__(self, connection: apsw.Connection) -> None:
        connection.execute("PRAGMA query_only = ON")
        connection.set_progress_handler(lambda: time.monotonic() > self.deadline, self._STEPS)
        self.connection = connection
        self.deadline = math.inf


def check_library(version: str) -> None:
    """Refuses libraries with the WAL-reset defect (sqlite.org/wal.html#walresetbug)."""
    if tuple(int(part) for part in version.split(".")[:3]) < OLDEST_LIBRARY:
        wanted = ".".join(map(str, OLDEST_LIBRARY))
        raise CannotStart(
            f"SQLite {version} can corrupt its log; install apsw >= {wanted}, whose wheel is safe"
        )


def _create(path: Path) -> None:
    """SQLite gives its -wal and -shm files the mode of the database file, so that mode is set first."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotStart(f"{path} cannot be opened or created: {error.strerror}") from error
    try:
        if os.fstat(descriptor).st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
    except OSError as error:
        raise CannotStart(f"{path} can be read by others; run: chmod 600 {path}") from error
    finally:
        os.close(descriptor)


def _connect(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    connection.execute(_PRAGMAS).fetchall()  # apsw pauses at a statement that gives a row
    return connection


@contextmanager
def _translated() -> Iterator[None]:
    """apsw's errors end here. A broken rule of the schema is our own mistake and stays as it is."""
    try:
        yield
    except (apsw.ConstraintError, apsw.SQLError):
        raise
    except apsw.Error as error:
        raise Unavailable(
            "The database cannot be used right now; check its disk and its permissions",
            detail=f"{type(error).__name__}: {error}",
        ) from error
