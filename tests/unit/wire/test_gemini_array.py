"""The framing of a stream as one JSON array."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.wire.gemini.array import ArrayElement, ArraySplitter, State

texts = st.text(max_size=6) | st.sampled_from(['"', "\\", "}", "]", '\\"', ",{"])
objects = st.dictionaries(
    texts, texts | st.lists(texts, max_size=2) | st.dictionaries(texts, texts), max_size=3
)


def _split(raw: bytes, size: int) -> tuple[list[ArrayElement], ArraySplitter]:
    splitter = ArraySplitter()
    elements = []
    for start in range(0, len(raw), size):
        elements += splitter.feed(raw[start : start + size])
    return elements, splitter


@given(st.lists(objects, max_size=4), st.integers(1, 40), st.sampled_from([None, 1]), st.booleans())
def test_elements_are_found_wherever_the_bytes_are_cut(
    values: list[Any], size: int, indent: int | None, ascii_only: bool
) -> None:
    """The elements are the values, and together with the rest they are the bytes."""
    raw = json.dumps(values, indent=indent, ensure_ascii=ascii_only).encode() + b"\n"

    elements, splitter = _split(raw, size)

    assert [json.loads(element.data) for element in elements if element.data] == values
    assert b"".join(element.raw for element in elements) + splitter.rest == raw
    assert splitter.state is State.AFTER


@pytest.mark.parametrize(
    "raw", [b'{"a":1}', b'[{"a":1} x {"b":2}]', b"[1,2]", b'["text"]', b"[[1]]", b"[{}] {}", b'[{"a":1}]]']
)
def test_what_is_no_array_of_objects_is_refused(raw: bytes) -> None:
    """Nothing hides between elements or after the end."""
    with pytest.raises(UpstreamFailed):
        _split(raw, 1000)


def test_other_data_keeps_the_separator() -> None:
    """An edited element stays in its place in the array."""
    elements, _ = _split(b'[{"a":1}\n,\r\n{"b":2}]', 1000)

    assert elements[2].with_data(b"{}") == b"\n,\r\n{}"


def test_an_element_that_never_ends_is_refused() -> None:
    """The buffer does not grow without bound."""
    splitter = ArraySplitter(max_element=1000)
    splitter.feed(b'[{"a":"' + b"x" * 900)

    with pytest.raises(UpstreamFailed, match="larger than 1000 bytes"):
        splitter.feed(b"x" * 200)


def test_single_bytes_cost_the_same_at_any_length() -> None:
    """A long element in chunks of one byte: the time per byte does not grow."""
    splitter, times = ArraySplitter(max_element=1_000_000), []
    splitter.feed(b'[{"a":"')
    for _ in range(2):
        start = time.process_time()
        for _ in range(100_000):
            splitter.feed(b"x")
        times.append(time.process_time() - start)

    assert times[1] < 3 * times[0] + 0.1
