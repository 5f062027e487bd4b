"""Hashed n-grams of a text, computed without a Python loop.

Families: runs of four and of seven bytes, words, pairs and triples of neighbouring words, pairs with
one word between them. Letters are lowered, digits become `0`. Every family hashes with its own
multiplier into one table of BUCKETS weights.

The trained weights depend on every line here: a change needs retraining.
"""

import numpy as np
from numpy.typing import NDArray

BITS = 20
BUCKETS = 1 << BITS

U64 = np.uint64
_SHIFT = U64(64 - BITS)
_PRIME = 0x9E3779B97F4A7C15
_FAMILY = [U64(n | 1) for n in (_PRIME, 0xC2B2AE3D27D4EB4F, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F,
                                0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3)]  # fmt: skip
_MIX = U64(0xFF51AFD7ED558CCD)
_FOLD = bytes(48 if 48 <= b <= 57 else 32 if b in b"\t\r\n\f\v" else b for b in range(256))
_IS_WORD = np.array([chr(b).isalnum() or b > 127 or b == 39 for b in range(128)] + [True] * 128)
_BASE = 0x100000001B3
_TABLE = 1024


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    return np.cumprod(np.full(count, base, dtype=np.uint64), dtype=np.uint64)


_UP = _powers(_BASE, _TABLE)
_DOWN = _powers(pow(_BASE, -1, 1 << 64), _TABLE)


def buckets(text: str) -> NDArray[np.uint64]:
    """The table positions of all n-grams of the text, with repeats, in no particular order."""
    data = np.frombuffer(text.lower().encode("utf-8", "surrogatepass").translate(_FOLD), dtype=np.uint8)
    data = np.concatenate([_SPACE, data, _SPACE])
    return np.concatenate(_of_bytes(data.astype(np.uint64)) + _of_words(data))


_SPACE = np.array([32, 32], dtype=np.uint8)


def _of_bytes(data: NDArray[np.uint64]) -> list[NDArray[np.uint64]]:
    four = data[:-3] | data[1:-2] << U64(8) | data[2:-1] << U64(16) | data[3:] << U64(24)
    seven = four[:-3] | four[3:] << U64(24)
    return [four * _FAMILY[0] >> _SHIFT, seven * _FAMILY[1] >> _SHIFT]


def _of_words(data: NDArray[np.uint8]) -> list[NDArray[np.uint64]]:
    words = _word_hashes(data)
    first = words * _MIX
    first ^= first >> U64(31)
    return [
        words * _FAMILY[2] >> _SHIFT,
        (first[:-1] + words[1:]) * _FAMILY[3] >> _SHIFT,
        (first[:-2] - words[2:]) * _FAMILY[4] >> _SHIFT,
        ((first[:-2] + words[1:-1]) * _MIX + words[2:]) * _FAMILY[5] >> _SHIFT,
    ]


def _word_hashes(data: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """One hash per word: a polynomial over its bytes, read off one running sum over the whole text."""
    edges = np.flatnonzero(np.diff(_IS_WORD[data])) + 1
    starts, ends = edges[::2], edges[1::2]
    up, down = (_UP, _DOWN) if len(data) <= _TABLE else _long_tables(len(data))
    running = np.cumsum(data * up[: len(data)])
    return (running[ends - 1] - running[starts - 1]) * down[starts]


def _long_tables(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    return _powers(_BASE, length), _powers(pow(_BASE, -1, 1 << 64), length)
