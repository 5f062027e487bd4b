"""Undoing a compression that we did not ask for, without being blown up by it."""

import zlib
from collections.abc import Iterator

from llm_gateway.domain.errors import UpstreamFailed

_PIECE = 64 * 1024
# DEFLATE cannot exceed about 1032:1; honest JSON stays far below 100:1. Small answers are let be.
_MAX_RATIO = 100
_RATIO_FREE = 1024 * 1024

_WINDOW = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


def check_encoding(encoding: str) -> None:
    """Raises UpstreamFailed unless a Decompressor can be made for `encoding`, given in lower case."""
    if encoding not in _WINDOW:
        raise UpstreamFailed(
            "The provider compressed its answer although it was asked not to.", code="upstream_encoding"
        )


class Decompressor:
    """Feeds on compressed bytes and gives plain ones in pieces of at most 64 KiB.

    Raises UpstreamFailed for more than `limit` bytes, for a suspicious ratio and for broken data.
    """

    def __init__(self, encoding: str, limit: int) -> None:
        self._limit = limit
        self._taken = 0
        self._given = 0
        self._inflate = zlib.decompressobj(_WINDOW[encoding])

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._taken += len(data)
        while not self._inflate.eof:
            try:
                piece = self._inflate.decompress(data, _PIECE)
            except zlib.error as error:
                raise _broken() from error
            data = self._inflate.unconsumed_tail
            self._count(len(piece))
            if piece:
                yield piece
            if not (data or self._inflate.eof) and len(piece) < _PIECE:
                return
        if data or self._inflate.unused_data:
            raise _broken()

    def end(self) -> None:
        """Raises UpstreamFailed when the compressed data stopped before its end."""
        if not self._inflate.eof:
            raise _broken()

    def _count(self, size: int) -> None:
        self._given += size
        if self._given > self._limit:
            raise too_large(self._limit)
        if self._given > _RATIO_FREE and self._given > _MAX_RATIO * self._taken:
            raise UpstreamFailed("The provider's answer is a decompression bomb.", code="upstream_encoding")


def too_large(limit: int) -> UpstreamFailed:
    return UpstreamFailed(
        f"The provider's answer is larger than {limit} bytes; the setting max_answer_bytes raises the limit.",
        code="upstream_too_large",
    )


def _broken() -> UpstreamFailed:
    return UpstreamFailed("The provider's compressed answer is broken.", code="upstream_encoding")
