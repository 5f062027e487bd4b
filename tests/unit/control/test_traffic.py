import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.control.traffic import added_up, quantile
from llm_gateway.ports.traffic import ADDED_BOUNDS, Sums

CLASSES = len(ADDED_BOUNDS) + 1


def test_nothing_has_no_quantile() -> None:
    """Without exchanges there is nothing to tell."""
    assert quantile((0,) * CLASSES, 0.95) is None


def test_quantiles_within_a_class() -> None:
    """Values of a class count as evenly spread between its bounds."""
    between_5_and_10 = (0, 0, 0, 100) + (0,) * (CLASSES - 4)

    assert quantile(between_5_and_10, 0.5) == pytest.approx(7.5)
    assert quantile(between_5_and_10, 0.95) == pytest.approx(9.75)


def test_above_the_last_bound_the_bound_is_given() -> None:
    """How much slower the slowest were is not known."""
    assert quantile((0,) * (CLASSES - 1) + (5,), 0.5) == ADDED_BOUNDS[-1]


@given(st.lists(st.integers(0, 1000), min_size=CLASSES, max_size=CLASSES), st.floats(0.01, 0.99))
def test_quantiles_grow_with_the_share(added: list[int], share: float) -> None:
    """A larger share never lies below a smaller one."""
    low, high = quantile(added, share / 2), quantile(added, share)

    assert (low is None and high is None) or (low is not None and high is not None and low <= high)


def test_sums_add_up() -> None:
    """Counts are added, the latest time is kept, and no parts give an empty sum."""
    one = Sums(start=10.0, requests=1, blocked=1, last_time=12.0, added=(1,) * CLASSES)
    two = Sums(start=20.0, requests=2, cost_usd=0.5, last_time=25.0, added=(2,) * CLASSES)

    total = added_up([one, two])

    assert (total.start, total.requests, total.blocked, total.cost_usd) == (10.0, 3, 1, 0.5)
    assert (total.last_time, total.added) == (25.0, (3,) * CLASSES)
    assert added_up([]).requests == 0
