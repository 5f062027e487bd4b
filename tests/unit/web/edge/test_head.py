"""The grammar of a head: what is read out of it, and that chunk borders carry no meaning."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.web.edge.head import Head, HeadReader
from llm_gateway.web.edge.limits import Limits
from llm_gateway.web.edge.refusal import Refused
from tests.integration.framing.cases import all_cases

LIMITS = Limits()
Outcome = tuple[Head, bytes] | tuple[int, str]


def read(pieces: list[bytes]) -> Outcome | None:
    """The first head and all that follows it, or the refusal; None while there is no end."""
    reader = HeadReader(LIMITS)
    try:
        for at, piece in enumerate(pieces):
            if (head := reader.feed(piece)) is not None:
                return head, reader.rest + b"".join(pieces[at + 1 :])
    except Refused as refused:
        return refused.status, refused.code
    return None


def test_a_head_is_taken_apart() -> None:
    """Names are lower-case, values bare, order kept, and the rest handed on."""
    sent = b"POST /a?b HTTP/1.1\r\nHost: h:1\r\nX-B: \t1 \r\nx-b:2\r\nContent-Length: 3\r\n\r\nabc"

    assert read([sent]) == (
        Head(
            method="POST",
            target=b"/a?b",
            version="1.1",
            headers=[(b"host", b"h:1"), (b"x-b", b"1"), (b"x-b", b"2"), (b"content-length", b"3")],
            length=3,
            keep_alive=True,
            expects_continue=False,
        ),
        b"abc",
    )


@pytest.mark.parametrize(
    "case", [case for case in all_cases() if len(case.sent) < 2000], ids=lambda c: c.name
)
def test_byte_by_byte_is_the_same(case: object) -> None:
    """A head fed one byte at a time is accepted or refused as when it comes whole."""
    sent: bytes = case.sent  # type: ignore[attr-defined]

    assert read([sent[at : at + 1] for at in range(len(sent))]) == read([sent])


@given(st.binary(max_size=80), st.integers(0, 80))
def test_any_bytes_in_two_pieces_are_the_same(sent: bytes, cut: int) -> None:
    """Whatever arrives, where it is cut does not matter, and nothing but Refused is raised."""
    assert read([sent[:cut], sent[cut:]]) == read([sent])


@given(
    st.lists(
        st.sampled_from(
            [b"GET /a HTTP/1.1", b"\r\n", b"\n", b"\r", b"Host: a", b": ", b" ", b"Content-Length: 1", b"\0"]
        ),
        max_size=14,
    ),
    st.integers(0, 80),
)
def test_shuffled_heads_in_two_pieces_are_the_same(parts: list[bytes], cut: int) -> None:
    """The same for what nearly is a request."""
    sent = b"".join(parts)

    assert read([sent[:cut], sent[cut:]]) == read([sent])


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nX: " + b" " * 32000 + b"\0\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a" * 32000 + b"\r\n\r\n",
        b"GET /" + b"%" * 8000 + b"\0 HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nConnection: " + b"," * 32000 + b"\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: " + b"a." * 16000 + b"!\r\n\r\n",
    ],
)
def test_no_head_is_slow(sent: bytes) -> None:
    """Time is linear in the bytes: the longest heads take milliseconds."""
    began = time.process_time()

    read([sent])

    assert time.process_time() - began < 0.1


def test_a_dribbled_head_is_not_slow() -> None:
    """A large head in single bytes costs about as much a byte as a small one."""
    sent = b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"b" * 30000 + b"\r\n\r\n"
    began = time.process_time()

    read([sent[at : at + 1] for at in range(len(sent))])

    assert time.process_time() - began < 2.0
