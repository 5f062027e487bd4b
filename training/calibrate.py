"""Fitting what joins the tiers: the mix, what the screen may settle, and the thresholds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from llm_gateway.domain.text import Provenance
from llm_gateway.guard.injection.calibration import BANDS, PRESETS, THIRD_PARTY_RATE, Calibration, Mix, logit
from llm_gateway.guard.injection.metrics import threshold_at
from training.traces import Trace

LOST = 0.01
"""Share of the attacks that the encoder would report which the screen may settle by mistake."""

REPORTED = 0.5
"""Risk from which an attack counts as one that the encoder would report."""

FEWEST = 40
"""Clean texts a band needs; with fewer it takes over the thresholds of the band before."""


def fit_calibration(found: Sequence[Trace], version: str) -> Calibration:
    """Everything in `calibration.json`, from traces of rows that nothing was trained on."""
    groups = {third: [one for one in found if one.row.third_party == third] for third in (False, True)}
    mixes = {third: fit_mix(group) for third, group in groups.items()}
    settle = {third: fit_settle(group, mixes[third]) for third, group in groups.items()}
    return Calibration(version, mixes, settle, _thresholds(groups, mixes), harmful=_harmful(groups[False]))


def fit_mix(found: Sequence[Trace]) -> Mix:
    """Logistic regression on the hottest window of texts of one to four windows, classes balanced."""
    short = [one for one in found if one.windows <= BANDS[1]]
    peaks = [max(range(len(one.screen)), key=lambda at, one=one: one.encoder[at].attack) for one in short]
    inputs = np.array(
        [[logit(one.encoder[at].attack), one.screen[at]] for one, at in zip(short, peaks, strict=True)]
    )
    targets = np.array([one.row.label == 1 for one in short])
    model = LogisticRegression(class_weight="balanced", C=1.0).fit(inputs, targets)
    encoder, screen = model.coef_[0]
    return Mix(float(encoder), float(max(screen, 0.0)), float(model.intercept_[0]))


def risk(one: Trace, mix: Mix) -> float:
    """The risk of the whole text, as the cascade would give it if the screen settled nothing."""
    return max(mix.risk(seen.attack, score) for seen, score in zip(one.encoder, one.screen, strict=True))


def fit_settle(found: Sequence[Trace], mix: Mix) -> float:
    """The screen's score below which so few reported attacks lie that the encoder need not look."""
    reported = [one.hottest for one in found if one.row.label == 1 and risk(one, mix) >= REPORTED]
    return float(np.quantile(reported, LOST))


def _thresholds(groups: dict[bool, list[Trace]], mixes: dict[bool, Mix]) -> dict[str, list[list[float]]]:
    rates = [float(percent) / 100 for percent in PRESETS]
    typed = _bands(groups[False], mixes[False], rates)
    third = _bands(groups[True], mixes[True], [rate * THIRD_PARTY_RATE for rate in rates])
    return {
        Provenance.USER.value: typed,
        Provenance.MODEL.value: typed,
        Provenance.OPERATOR.value: typed,
        Provenance.TOOL.value: third,
        Provenance.TOOL_DEFINITION.value: third,
    }


def _bands(found: Sequence[Trace], mix: Mix, rates: Sequence[float]) -> list[list[float]]:
    bands: list[list[float]] = []
    for low, high in zip((0, *BANDS), (*BANDS, 10**9), strict=True):
        clean = np.array(
            [risk(one, mix) for one in found if one.row.label == 0 and low < one.windows <= high]
        )
        if len(clean) >= FEWEST or not bands:
            own = [threshold_at(clean, rate) for rate in rates]
            before = bands[-1] if bands else own
            bands.append([max(pair) for pair in zip(own, before, strict=True)])
        else:
            bands.append(bands[-1])
    return bands


def _harmful(found: Sequence[Trace]) -> float:
    """The probability of a harmful request that one clean typed text in 200 exceeds."""
    clean: NDArray[np.float64] = np.array(
        [max(seen.harmful_request for seen in one.encoder) for one in found if one.row.label == 0]
    )
    return float(threshold_at(clean, 0.005))
