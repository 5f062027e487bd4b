"""The spool: an append-only file that takes records while the store is away.

    frame = length (4 bytes, little endian) || CRC-32 of the payload (4 bytes) || payload

A frame counts once it is whole and its check sum fits. Reading stops at the first that does not: a
crash can only tear the end.
"""

import fcntl
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from llm_gateway.domain.errors import Unavailable
from llm_gateway.ports.startup import CannotStart

MIB = 1024 * 1024
LIMIT_BYTES = 256 * MIB
LARGEST_FRAME = 16 * MIB

_HEAD = struct.Struct("<II")


class Spool:
    """One process's spool file. Used by one thread at a time."""

    def __init__(self, path: Path, limit: int = LIMIT_BYTES) -> None:
        """Opens or creates the file and cuts a torn end. Raises CannotStart when another gateway
        has it, or it cannot be opened."""
        self._limit = limit
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            self._file = os.open(path, flags, 0o600)
        except OSError as error:
            raise CannotStart(f"{path} cannot be opened: {error.strerror}") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise CannotStart(f"{path} is in use: another gateway runs on this data directory") from error
        self._end = sum(_HEAD.size + len(payload) for payload in self)
        os.ftruncate(self._file, self._end)

    @property
    def empty(self) -> bool:
        return self._end == 0

    def append(self, payloads: Sequence[bytes]) -> None:
        """Adds frames and syncs them. Raises Unavailable when they do not fit or cannot be written;
        then none of them is kept."""
        data = b"".join(_HEAD.pack(len(payload), zlib.crc32(payload)) + payload for payload in payloads)
        if self._end + len(data) > self._limit:
            raise Unavailable("The record spool is full; bring the database back or give it more disk")
        try:
            _write_all(self._file, data, self._end)
            os.fdatasync(self._file)
        except OSError as error:
            raise Unavailable("The record spool cannot be written", detail=str(error.strerror)) from error
        self._end += len(data)

    def __iter__(self) -> Iterator[bytes]:
        """The payloads of all whole frames, oldest first."""
        offset = 0
        while len(head := os.pread(self._file, _HEAD.size, offset)) == _HEAD.size:
            length, checksum = _HEAD.unpack(head)
            if not 0 < length <= LARGEST_FRAME:
                return
            payload = os.pread(self._file, length, offset + _HEAD.size)
            if len(payload) != length or zlib.crc32(payload) != checksum:
                return
            yield payload
            offset += _HEAD.size + length

    def clear(self) -> None:
        """Forgets all frames, after they were committed elsewhere."""
        os.ftruncate(self._file, 0)
        os.fdatasync(self._file)
        self._end = 0

    def close(self) -> None:
        os.close(self._file)


def _write_all(file: int, data: bytes, offset: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(file, view, offset)
        view, offset = view[written:], offset + written
