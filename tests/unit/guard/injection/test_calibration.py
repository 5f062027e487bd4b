import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.text import Provenance
from llm_gateway.guard.injection.calibration import Calibration, Mix, logit, sigmoid

from .fakes import calibration


@pytest.mark.parametrize(("risk", "score"), [(0.3, 0.5), (0.5, 0.7), (0.6, 0.8), (0.8, 0.9)])
def test_presets_lie_at_fixed_scores(risk: float, score: float) -> None:
    """A threshold of the file becomes the score that stands for its rate of false positives."""
    assert calibration().score(risk, Provenance.USER, 1) == pytest.approx(score)


def test_long_texts_need_more_risk_for_the_same_score() -> None:
    """The more windows, the more one of them stands out by chance."""
    short = calibration().score(0.6, Provenance.TOOL, 2)
    long = calibration().score(0.6, Provenance.TOOL, 200)

    assert short > 0.9
    assert long < 0.5


@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from(Provenance), st.integers(1, 500))
def test_score_rises_with_risk_and_stays_in_bounds(
    one: float, other: float, who: Provenance, windows: int
) -> None:
    """Bending the risk never changes an order."""
    low, high = sorted((one, other))

    assert 0 <= calibration().score(low, who, windows) <= calibration().score(high, who, windows) <= 1


def test_equal_thresholds_do_not_divide_by_zero() -> None:
    """Bands with few texts have presets that coincide."""
    flat = Calibration("1", {}, {}, {"user": [[0.5, 0.5, 0.5, 0.5]] * 4})

    assert flat.score(0.4, Provenance.USER, 1) < 0.5
    assert flat.score(0.6, Provenance.USER, 1) > 0.9


def test_the_file_form_comes_back_equal() -> None:
    """What is written beside the weights is what is read."""
    written = calibration()

    assert Calibration.from_json(json.loads(json.dumps(written.to_json()))) == written


@given(st.floats(-15, 15))
def test_logit_undoes_sigmoid(value: float) -> None:
    """Within the bounds at which certainty is cut."""
    assert logit(sigmoid(value)) == pytest.approx(max(min(value, logit(1)), logit(0)), abs=1e-3)


def test_a_mix_weighs_both_tiers() -> None:
    """At a weight of zero the screen has no say."""
    assert Mix(1, 0, 0).risk(0.7, 9.0) == pytest.approx(0.7)
    assert Mix(1, 0.5, 0).risk(0.7, 2.0) > 0.7
