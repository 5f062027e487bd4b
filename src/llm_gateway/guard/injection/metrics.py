"""Figures that say how well scores tell attacks from clean text."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

RATES = (0.001, 0.005, 0.01, 0.05)


class Interval(NamedTuple):
    """A figure with the bounds that 95 of 100 resamples lie between."""

    value: float
    low: float
    high: float


def auc(clean: ArrayLike, attacks: ArrayLike) -> float:
    """The chance that an attack scores above a clean text; ties count half."""
    low, high = np.sort(np.asarray(clean, dtype=float)), np.asarray(attacks, dtype=float)
    if not len(low) or not len(high):
        return float("nan")
    below = np.searchsorted(low, high, "left") + np.searchsorted(low, high, "right")
    return float(below.mean() / (2 * len(low)))


def threshold_at(clean: ArrayLike, rate: float) -> float:
    """The lowest threshold at which at most `rate` of the clean texts are flagged (score >= threshold)."""
    scores = np.sort(np.asarray(clean, dtype=float))[::-1]
    if not len(scores):
        return float("nan")
    allowed = int(rate * len(scores) + 1e-9)
    return float(np.nextafter(scores[allowed], np.inf)) if allowed < len(scores) else float(scores[-1])


def recall_at(clean: ArrayLike, attacks: ArrayLike, rate: float) -> float:
    """The share of attacks found when at most `rate` of the clean texts may be flagged."""
    return flagged(attacks, threshold_at(clean, rate))


def flagged(scores: ArrayLike, threshold: float) -> float:
    """The share of scores at or above the threshold."""
    found = np.asarray(scores, dtype=float)
    return float((found >= threshold).mean()) if len(found) else float("nan")


def share_interval(hits: ArrayLike, seed: int = 0, resamples: int = 1000) -> Interval:
    """The mean of zeros and ones, with a bootstrap interval."""
    values = np.asarray(hits, dtype=float)
    if not len(values):
        return Interval(float("nan"), float("nan"), float("nan"))
    counts = np.random.default_rng(seed).binomial(len(values), values.mean(), resamples) / len(values)
    return _interval(float(values.mean()), counts)


def auc_interval(clean: ArrayLike, attacks: ArrayLike, seed: int = 0, resamples: int = 200) -> Interval:
    """The AUC with a bootstrap interval, clean texts and attacks drawn apart."""
    low, high = np.asarray(clean, dtype=float), np.asarray(attacks, dtype=float)
    if not len(low) or not len(high):
        return Interval(float("nan"), float("nan"), float("nan"))
    random = np.random.default_rng(seed)
    drawn = [auc(random.choice(low, len(low)), random.choice(high, len(high))) for _ in range(resamples)]
    return _interval(auc(low, high), np.array(drawn))


def _interval(value: float, drawn: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Interval(value, float(low), float(high))
