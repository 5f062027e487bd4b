import numpy as np
import pytest

from llm_gateway.guard.injection.metrics import (
    auc,
    auc_interval,
    flagged,
    recall_at,
    share_interval,
    threshold_at,
)


def test_auc_counts_ties_as_half() -> None:
    """The chance that an attack scores above a clean text."""
    assert auc([0, 1], [2, 3]) == 1
    assert auc([2, 3], [0, 1]) == 0
    assert auc([1, 1], [1, 1]) == 0.5
    assert auc([0, 2], [1]) == 0.5


@pytest.mark.parametrize(("rate", "allowed"), [(0.0, 0), (0.009, 0), (0.01, 1), (0.05, 5), (1.0, 100)])
def test_a_threshold_flags_no_more_clean_texts_than_allowed(rate: float, allowed: int) -> None:
    """At the rate asked for, and never above it."""
    clean = np.arange(100) / 100

    assert round(100 * flagged(clean, threshold_at(clean, rate))) == allowed


def test_ties_at_the_threshold_stay_unflagged() -> None:
    """If clean texts share a score, the threshold lies above all of them."""
    assert flagged([0.5] * 100, threshold_at([0.5] * 100, 0.01)) == 0


def test_recall_at_a_rate() -> None:
    """The share of attacks above the threshold that the clean texts allow."""
    assert recall_at(np.arange(100), [50, 98.5, 99.5, 200], 0.01) == 0.75


def test_intervals_hold_their_value() -> None:
    """A bootstrap interval contains the figure and narrows with more cases."""
    few, many = share_interval([1, 0, 1, 1]), share_interval([1, 0, 1, 1] * 100)

    assert few.low <= few.value == 0.75 <= few.high
    assert many.high - many.low < few.high - few.low
    assert auc_interval([0, 1, 2], [1, 2, 3]).low <= auc([0, 1, 2], [1, 2, 3])


def test_nothing_to_measure_is_not_a_number() -> None:
    """Empty sets give no figure rather than a wrong one."""
    assert np.isnan([auc([], [1]), flagged([], 0.5), threshold_at([], 0.1), share_interval([]).value]).all()
