"""Cutting a text of any length into overlapping windows.

Sizes count UTF-8 bytes, not characters, because the number of tokens follows the bytes more closely
across scripts: 420 bytes are about 100 tokens of English and about 140 of Chinese.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SIZE = 420
OVERLAP = 110
SLACK = 80
"""A text this much longer than a window still fits into one."""


class Window(NamedTuple):
    """A piece of a text, in code points, end exclusive."""

    start: int
    end: int


def windows(text: str, size: int = SIZE, overlap: int = OVERLAP) -> list[Window]:
    """Pieces that together cover all of `text`, each sharing about `overlap` bytes with the next."""
    if len(text) * 4 <= size + SLACK:
        return [Window(0, len(text))]
    points = codepoints(text)
    offsets = _byte_offsets(points)
    if offsets[-1] <= size + SLACK:
        return [Window(0, len(text))]
    return _cut(offsets, np.flatnonzero(points <= 32), size, overlap)


def codepoints(text: str) -> NDArray[np.uint32]:
    """The text as an array of code points; lone surrogates pass."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _byte_offsets(points: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Where each character starts in UTF-8; the last entry is the length in bytes."""
    widths = 1 + (points > 0x7F).astype(np.int64) + (points > 0x7FF) + (points > 0xFFFF)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(widths)])


def _cut(offsets: NDArray[np.int64], spaces: NDArray[np.int64], size: int, overlap: int) -> list[Window]:
    length, pieces, start = len(offsets) - 1, [], 0
    while True:
        end = int(np.searchsorted(offsets, offsets[start] + size, "right")) - 1
        if end >= length or offsets[-1] - offsets[start] <= size + SLACK:
            pieces.append(Window(start, length))
            return pieces
        end = _at_space(spaces, end, end - size // 6)
        pieces.append(Window(start, end))
        back = int(np.searchsorted(offsets, offsets[end] - overlap, "right")) - 1
        start = max(_at_space(spaces, back, back - overlap // 2), start + 1)


def _at_space(spaces: NDArray[np.int64], position: int, earliest: int) -> int:
    """The position behind the last white space before `position`, if there is one after `earliest`."""
    found = int(np.searchsorted(spaces, position)) - 1
    if found < 0 or spaces[found] < earliest:
        return position
    return int(spaces[found]) + 1
