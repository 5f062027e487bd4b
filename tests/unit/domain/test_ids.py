import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.ids import new_id

TIMES = st.floats(min_value=0, max_value=200_000_000_000)
RANDOM = st.binary(min_size=10, max_size=10)


@given(TIMES, TIMES, RANDOM, RANDOM)
def test_ids_sort_by_time(first: float, second: float, one: bytes, other: bytes) -> None:
    """An id made in an earlier millisecond is smaller."""
    if int(first * 1000) < int(second * 1000):
        assert new_id("rec", first, one) < new_id("rec", second, other)


def test_form() -> None:
    """An id is its prefix and 26 characters of Crockford's base 32."""
    assert new_id("rec", 1.0, b"\xff" * 10) == "rec_00000000z8zzzzzzzzzzzzzzzz"


def test_needs_ten_bytes() -> None:
    """Ids from less randomness would collide."""
    with pytest.raises(ValueError, match="10 random bytes"):
        new_id("rec", 1.0, b"")
