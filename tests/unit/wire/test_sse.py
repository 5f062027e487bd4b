"""Events split without losing a byte."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.wire.sse import SseEvent, SseSplitter, parse_event, parse_lines

lines = st.sampled_from(["data: a", "data:b", "data", "event: x", ": note", "id: 1", "bad line", "", "é"])
ends = st.sampled_from(["\n", "\r", "\r\n"])
streams = st.lists(st.tuples(lines, ends), max_size=20).map(
    lambda parts: "".join(a + b for a, b in parts).encode()
)


def _split(raw: bytes, cuts: list[int]) -> tuple[list[SseEvent], bytes]:
    splitter = SseSplitter()
    borders = [0, *sorted(cut % (len(raw) + 1) for cut in cuts), len(raw)]
    events = [event for a, b in pairwise(borders) for event in splitter.feed(raw[a:b])]
    return events, splitter.rest


@given(streams, st.lists(st.integers(0, 400), max_size=8))
def test_chunk_borders_carry_no_meaning(raw: bytes, cuts: list[int]) -> None:
    """However the bytes are cut, the events are the same, and together they are the bytes."""
    events, rest = _split(raw, cuts)
    one_by_one, rest_one_by_one = _split(raw, list(range(len(raw))))

    assert b"".join(event.raw for event in events) + rest == raw
    assert [e.data for e in events if e.data] == [e.data for e in one_by_one if e.data]
    assert (events, rest) == (one_by_one, rest_one_by_one)


def test_the_fields_of_an_event() -> None:
    """Name and data are read, everything else is kept aside."""
    event = parse_event(b"event: delta\ndata: one\ndata:two\nid: 7\nretry: 10\n: hm\nnote: x\n\n")

    assert (event.name, event.data, event.other) == ("delta", b"one\ntwo", "hm\nnote: x")


@pytest.mark.parametrize(
    ("raw", "other"),
    [
        (b"event: read this text\n\n", "event: read this text"),
        (b"id: a text as an id\n\n", "id: a text as an id"),
        (b"retry: never\n\n", "retry: never"),
        (b" data: {}\n\n", "data: {}"),
        (b'{"error":1}\n\n', '{"error":1}'),
    ],
)
def test_nothing_is_beyond_notice(raw: bytes, other: str) -> None:
    """What some client could take for content is never lost."""
    assert parse_event(raw).other == other


def test_a_byte_order_mark_hides_nothing() -> None:
    """Some clients skip the mark and read the first event."""
    assert parse_event(b"\xef\xbb\xbfdata: x\n\n").data == b"x"


def test_a_last_line_without_its_end_counts() -> None:
    """Clients that read by lines see it."""
    assert parse_event(b"data: x").data == b"x"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"event: e\ndata: {}\nid: 3\n\n", b"event: e\ndata: new\nid: 3\n\n"),
        (b"data:{}\r\n\r\n", b"data:new\r\n\r\n"),
        (b"event: e\ndata: {\ndata: }\n\n", b"event: e\ndata: new\n\n"),
    ],
)
def test_with_data(raw: bytes, expected: bytes) -> None:
    """New data in the old event; one spread over lines is written anew."""
    assert parse_event(raw).with_data(b"new") == expected


def test_data_of_several_lines_stays_an_event() -> None:
    """A line break in the data becomes a data line."""
    event = parse_event(b"data: {\ndata: }\n\n")

    assert parse_event(event.with_data(b"{\n1}")).data == b"{\n1}"


def test_a_large_event_is_refused() -> None:
    """An event that never ends does not grow without bound."""
    splitter = SseSplitter(max_event=1000)
    splitter.feed(b"data: " + b"x" * 994)

    with pytest.raises(UpstreamFailed, match="larger than 1000 bytes"):
        splitter.feed(b"x")


def test_single_bytes_cost_the_same_at_any_length() -> None:
    """A million chunks of one byte: the time per byte does not grow with the event."""
    splitter, times = SseSplitter(max_event=2_000_000), []
    for _ in range(2):
        start = time.process_time()
        for _ in range(500_000):
            splitter.feed(b"x")
        times.append(time.process_time() - start)

    assert times[1] < 3 * times[0] + 0.1


simple_lines = st.sampled_from(
    ["data: a", "data:b", "data:  c", "event: x", "event: X", "event: x y", "id: 1"]
)


@given(st.lists(st.tuples(simple_lines, ends), max_size=3), st.sampled_from(["\n", "\r\n", "\r", ""]))
def test_the_short_way_reads_what_the_long_way_reads(parts: list[tuple[str, str]], end: str) -> None:
    """Nearly every event is read by one expression; it must not read anything else into it."""
    raw = ("".join(line + terminator for line, terminator in parts) + end).encode()

    assert parse_event(raw) == parse_lines(raw)
