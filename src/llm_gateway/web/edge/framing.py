"""Where a request's body ends: pure readers that are fed bytes and give bytes."""

import re
from typing import Protocol

from llm_gateway.web.edge.head import FIELD, bad
from llm_gateway.web.edge.refusal import Refused

# Size line of a chunk. Extensions have no meaning here; they may be present and short.
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})(?:;[\t -~\x80-\xff]*+)?\r\n")
_SIZE_PREFIX = re.compile(rb"[0-9A-Fa-f]{1,16}+(?:;[\t -~\x80-\xff]*+)?\r?|")
_SIZE_LINE_BYTES = 256
# What the framing may cost beyond 16 bytes a chunk and its data (as in Go since CVE-2023-39326).
_EXCESS_BYTES = 16 * 1024
_TRAILER_BYTES = 8 * 1024
_FRAMING_FIELDS = frozenset((b"content-length", b"transfer-encoding", b"host", b"authorization"))


class BodyReader(Protocol):
    """`feed` gives the part of the body in `data`. Once `done`, `rest` is what came after the body."""

    done: bool
    rest: bytes

    def feed(self, data: bytes) -> bytes: ...


class SizedBody:
    """A body of a stated length, at least one byte."""

    __slots__ = ("_left", "done", "rest")

    def __init__(self, length: int) -> None:
        self._left = length
        self.done = False
        self.rest = b""

    def feed(self, data: bytes) -> bytes:
        if len(data) < self._left:
            self._left -= len(data)
            return data
        self.done = True
        self.rest = data[self._left :]
        return data[: self._left]


class ChunkedBody:
    """A body in chunks (RFC 9112 section 7.1). Raises Refused for what is not exactly that.

    Cost is linear in the bytes fed. Trailer fields are checked and dropped: nothing here needs
    them, and a field that arrives after the decision it would have changed is an attack.
    """

    __slots__ = ("_excess", "_left", "_step", "_tail", "_trailer", "done", "rest")

    def __init__(self) -> None:
        self._tail = b""
        self._left = 0
        self._excess = 0
        self._trailer = 0
        self._step = self._size
        self.done = False
        self.rest = b""

    def feed(self, data: bytes) -> bytes:
        buffer = self._tail + data if self._tail else data
        out: list[bytes] = []
        at: int | None = 0
        reached = 0
        while at is not None and not self.done:
            reached = at
            at = self._step(buffer, at, out)
        if self.done:
            self.rest, self._tail = buffer[at:], b""
        else:
            self._tail = buffer[reached:]
        return b"".join(out)

    # Each step starts at `at` and gives where it stopped, or None when it needs more bytes.

    def _size(self, buffer: bytes, at: int, out: list[bytes]) -> int | None:
        match = _SIZE.match(buffer, at)
        if match is None:
            self._refuse_early(buffer, at)
            return None
        size = int(match[1], 16)
        self._excess = max(0, self._excess + match.end() - at - 16 - 2 * size)
        if match.end() - at > _SIZE_LINE_BYTES or self._excess > _EXCESS_BYTES:
            raise bad("The chunk extensions are too long.")
        end = match.end() + size
        if size and buffer.startswith(b"\r\n", end):
            out.append(buffer[match.end() : end])
            return end + 2
        self._left = size
        self._step = self._data if size else self._trailers
        return match.end()

    def _refuse_early(self, buffer: bytes, at: int) -> None:
        if len(buffer) - at > _SIZE_LINE_BYTES or not _SIZE_PREFIX.fullmatch(buffer, at):
            raise bad("A chunk must begin with its size in hexadecimal digits and CR LF.")

    def _data(self, buffer: bytes, at: int, out: list[bytes]) -> int | None:
        there = len(buffer) - at
        if there == 0:
            return None
        taken = min(there, self._left)
        out.append(buffer[at : at + taken])
        self._left -= taken
        if self._left == 0:
            self._step = self._data_end
        return at + taken

    def _data_end(self, buffer: bytes, at: int, out: list[bytes]) -> int | None:
        end = buffer[at : at + 2]
        if end == b"\r\n":
            self._step = self._size
            return at + 2
        if end in (b"", b"\r"):
            return None
        raise bad("A chunk is longer than its stated size.")

    def _trailers(self, buffer: bytes, at: int, out: list[bytes]) -> int | None:
        if buffer.startswith(b"\r\n", at):
            self.done = True
            return at + 2
        match = FIELD.match(buffer, at)
        seen = (match.end() if match else len(buffer)) - at
        if self._trailer + seen > _TRAILER_BYTES:
            raise Refused(431, "headers_too_large", f"Trailers may have {_TRAILER_BYTES} bytes.")
        if match is None:
            if b"\n" in buffer[at:]:
                raise bad("A trailer field is malformed.")
            return None
        if match[1].lower() in _FRAMING_FIELDS:
            raise bad("A trailer may not change how the request is read.")
        self._trailer += seen
        return match.end()
