"""An encoder that knows which words are attacks, and a screen that knows which are harmless."""

from collections.abc import Sequence

import numpy as np

from llm_gateway.guard.injection.calibration import Calibration, Mix
from llm_gateway.guard.injection.cascade import Cascade
from llm_gateway.guard.injection.encoder import Probabilities
from llm_gateway.guard.injection.ngrams import BUCKETS, buckets
from llm_gateway.guard.injection.screen import Screen

MARKS = {"ATTACK": Probabilities(0.02, 0.95, 0.02, 0.01), "PERSONA": Probabilities(0.02, 0.02, 0.95, 0.01)}
DOUBTFUL = Probabilities(0.9, 0.08, 0.01, 0.01)
HARMFUL = Probabilities(0.02, 0.01, 0.01, 0.96)
CLEAN = Probabilities(0.97, 0.01, 0.01, 0.01)


class FakeEncoder:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.third_party: list[bool] = []

    def classify(self, windows: Sequence[str], third_party: bool) -> list[Probabilities]:
        self.seen += windows
        self.third_party += [third_party] * len(windows)
        return [classified(text) for text in windows]


def classified(text: str) -> Probabilities:
    if "HARM" in text:
        return HARMFUL
    if "DOUBT" in text:
        return DOUBTFUL
    return next((found for mark, found in MARKS.items() if mark in text), CLEAN)


def screen_for(*suspicious: str) -> Screen:
    """A screen that scores above zero where one of the words stands, below elsewhere."""
    weights = np.zeros(BUCKETS, dtype=np.int8)
    for word in suspicious:
        weights[buckets(word)] = 127
    return Screen(weights, 0.1, (-1.0, -1.0))


def calibration() -> Calibration:
    mix = Mix(1.0, 0.0, 0.0)
    thresholds = {
        "user": [[0.3, 0.5, 0.6, 0.8]] * 4,
        "tool": [[0.2, 0.3, 0.4, 0.5]] * 3 + [[0.97, 0.98, 0.985, 0.99]],
    }
    return Calibration("1", {False: mix, True: mix}, {False: 0.0, True: 0.0}, thresholds, harmful=0.9)


def cascade(encoder: FakeEncoder, *suspicious: str) -> Cascade:
    return Cascade(screen_for(*(suspicious or ("ATTACK", "PERSONA", "HARM"))), encoder, calibration())
