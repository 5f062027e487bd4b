"""Bounded decompression."""

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.upstream.decompress import Decompressor, check_encoding

MIB = 1024 * 1024
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
}


def unpack(encoding: str, pieces: list[bytes], limit: int = 64 * MIB) -> bytes:
    inflate = Decompressor(encoding, limit)
    out = b"".join(plain for piece in pieces for plain in inflate.feed(piece))
    inflate.end()
    return out


@pytest.mark.parametrize("encoding", PACK)
@given(st.binary(max_size=3000), st.integers(1, 50))
def test_any_cut_gives_the_same(encoding: str, plain: bytes, size: int) -> None:
    """What was packed comes out, in whatever pieces it came in."""
    packed = PACK[encoding](plain)

    assert unpack(encoding, [packed[at : at + size] for at in range(0, len(packed), size)]) == plain


def test_pieces_are_small() -> None:
    """A megabyte out of a kilobyte is handed on 64 KiB at a time."""
    inflate = Decompressor("gzip", 64 * MIB)

    assert max(len(plain) for plain in inflate.feed(gzip.compress(b"a" * MIB))) <= 64 * 1024


@pytest.mark.parametrize(
    ("packed", "limit", "code"),
    [
        (gzip.compress(b"a" * 1001), 1000, "upstream_too_large"),
        (gzip.compress(b"a" * 3 * MIB), 64 * MIB, "upstream_encoding"),
        (gzip.compress(b"abc")[:-1], 1000, "upstream_encoding"),
        (gzip.compress(b"abc") + b"more", 1000, "upstream_encoding"),
        (gzip.compress(b"abc") * 2, 1000, "upstream_encoding"),
        (b"", 1000, "upstream_encoding"),
        (b"\x1f\x8b\xff", 1000, "upstream_encoding"),
    ],
    ids=["limit", "ratio", "cut short", "bytes behind", "two members", "empty", "not gzip"],
)
def test_what_is_not_honest_fails(packed: bytes, limit: int, code: str) -> None:
    """Too much, too dense, broken, too short or too long."""
    with pytest.raises(UpstreamFailed) as failed:
        unpack("gzip", [packed], limit)
    assert failed.value.code == code


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", ""])
def test_other_encodings_are_refused(encoding: str) -> None:
    """What cannot be undone cannot be inspected."""
    with pytest.raises(UpstreamFailed):
        check_encoding(encoding)
