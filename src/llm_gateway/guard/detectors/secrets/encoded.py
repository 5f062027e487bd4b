"""Secrets inside base64 that holds nothing else, as configuration files keep them.

The readings of a text decode what reads like a message; a bare token in base64 does not.
"""

from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Iterator
from typing import NamedTuple

import re2

from llm_gateway.guard.detectors.folding import folded

_RUN = re2.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_PRINTABLE = bytes([9, 10, 13, *range(0x20, 0x7F)])
_PROBE = 24


class Encoded(NamedTuple):
    """A run of base64 with what it decodes to."""

    start: int
    end: int
    text: str


def encoded_in(text: str) -> Iterator[Encoded]:
    """Runs that decode to printable ASCII throughout."""
    raw = folded(text)
    for match in _RUN.finditer(raw):
        start, end = match.span()
        if _decoded(raw[start : start + _PROBE]) and (plain := _decoded(raw[start:end])):
            yield Encoded(start, end, plain)


def _decoded(run: bytes) -> str:
    bare = run.rstrip(b"=").translate(_URL_SAFE)
    try:
        plain = a2b_base64(bare + b"=" * (-len(bare) % 4))
    except NotBase64:
        return ""
    return plain.decode() if not plain.translate(None, _PRINTABLE) else ""
