"""Where bodies end."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.web.edge.framing import BodyReader, ChunkedBody, SizedBody
from llm_gateway.web.edge.refusal import Refused
from tests.integration.framing.cases import Case, all_cases

CHUNKED = [case for case in all_cases() if case.name.startswith("chunks") and len(case.sent) < 2000]


def read(body: BodyReader, pieces: list[bytes]) -> tuple[bytes, bool, bytes] | int:
    """The body, whether it ended, and what follows it; or the status of the refusal."""
    out = []
    try:
        for at, piece in enumerate(pieces):
            out.append(body.feed(piece))
            if body.done:
                return b"".join(out), True, body.rest + b"".join(pieces[at + 1 :])
    except Refused as refused:
        return refused.status
    return b"".join(out), False, b""


def singly(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


@given(st.binary(min_size=1, max_size=50), st.binary(max_size=20), st.integers(0, 70))
def test_a_sized_body_ends_where_it_says(body: bytes, rest: bytes, cut: int) -> None:
    """The length divides body and rest, wherever the pieces are cut."""
    sent = body + rest

    assert read(SizedBody(len(body)), [sent[:cut], sent[cut:]]) == (body, True, rest)


@given(st.lists(st.binary(min_size=1, max_size=20), max_size=8), st.binary(max_size=20), st.data())
def test_chunks_are_put_together(chunks: list[bytes], rest: bytes, data: st.DataObject) -> None:
    """What is sent in chunks arrives as it was, in whatever pieces, and the rest is left alone."""
    sent = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n" + rest
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=5)))
    pieces = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]

    assert read(ChunkedBody(), pieces) == (b"".join(chunks), True, rest)


@pytest.mark.parametrize("case", CHUNKED, ids=lambda case: case.name)
def test_byte_by_byte_is_the_same(case: Case) -> None:
    """Single bytes are accepted or refused as the whole."""
    sent = case.sent.partition(b"\r\n\r\n")[2]

    assert read(ChunkedBody(), singly(sent)) == read(ChunkedBody(), [sent])


@given(st.binary(max_size=60), st.integers(0, 60))
def test_any_bytes_in_two_pieces_are_the_same(sent: bytes, cut: int) -> None:
    """Nothing but Refused is raised, and cuts do not matter."""
    whole, cut_up = read(ChunkedBody(), [sent]), read(ChunkedBody(), [sent[:cut], sent[cut:]])

    assert whole == cut_up


@pytest.mark.parametrize("size", [1, 4096, 65536])
def test_tiny_chunks_cost_the_same_a_byte(size: int) -> None:
    """One byte a chunk, again and again: linear, however it is cut into pieces."""
    count = 300_000 if size > 1 else 50_000
    sent = b"1\r\na\r\n" * count + b"0\r\n\r\n"
    body = ChunkedBody()
    began = time.process_time()

    got = sum(len(body.feed(sent[at : at + size])) for at in range(0, len(sent), size))

    assert (got, body.done) == (count, True)
    assert time.process_time() - began < 3.0


def test_extensions_are_counted_over_the_whole_body() -> None:
    """Short extensions on every chunk add up to a refusal."""
    assert read(ChunkedBody(), [(b"1;" + b"x" * 60 + b"\r\na\r\n") * 1000]) == 400


def test_large_chunks_pay_for_their_lines() -> None:
    """An extension on every chunk of real data is odd but cheap, so it is let be."""
    sent = (b"400;" + b"x" * 60 + b"\r\n" + b"a" * 1024 + b"\r\n") * 1000 + b"0\r\n\r\n"

    assert read(ChunkedBody(), [sent]) == (b"a" * 1024 * 1000, True, b"")
