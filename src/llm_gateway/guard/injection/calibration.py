"""From what the tiers say to a score that means the same everywhere.

The risk of a window is a logistic mix of what both tiers say about it. The risk of a text is its
largest. How large it gets by chance depends on who wrote the text and on how many windows it has,
so thresholds are kept per provenance and band of length, and the score is the risk bent so that
they lie at fixed places: a score of 0.8 is exceeded by one clean typed text in 200 and by one clean
text of a third party in 100, whatever its length. The latter are judged more strictly because they
have less reason to address the model.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any

from llm_gateway.domain.text import Provenance

BANDS = (1, 4, 16)
"""Upper ends, in windows, of the bands of length; the last band is open."""

PRESETS: Mapping[str, float] = {"5": 0.5, "1": 0.7, "0.5": 0.8, "0.1": 0.9}
"""Percent of clean typed texts flagged, and the score at which that happens."""

THIRD_PARTY_RATE = 2
"""Of clean texts of a third party so many times as many are flagged at the same score."""

PLACES = tuple(PRESETS.values())

SHIPPED = 0.8
"""The score from which the shipped policy blocks."""

THIRD_PARTY = frozenset({Provenance.TOOL, Provenance.TOOL_DEFINITION})
_EDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Mix:
    """Weights of the two tiers' log-odds in the risk of a window."""

    encoder: float
    screen: float
    offset: float

    def risk(self, attack: float, screen: float) -> float:
        """The probability that a window is an attack, at even odds before looking."""
        return sigmoid(self.encoder * logit(attack) + self.screen * screen + self.offset)


@dataclass(frozen=True, slots=True)
class Calibration:
    """All figures measured after training. Keys of `mixes` and `settle` say if a third party wrote the text.

    `settle` is the screen's score below which a window is plainly benign. `thresholds` gives, by
    provenance and band, the risks at which so many clean texts are flagged as PRESETS says.
    """

    version: str
    mixes: Mapping[bool, Mix]
    settle: Mapping[bool, float]
    thresholds: Mapping[str, Sequence[Sequence[float]]]
    harmful: float = 0.9

    def score(self, risk: float, provenance: Provenance, windows: int) -> float:
        """The risk of a text of so many windows, bent so that the presets lie at their scores."""
        bands = self.thresholds.get(provenance.value) or self.thresholds[Provenance.USER.value]
        first, *others = bands[bisect_right(BANDS, windows - 1)]
        if risk < first:
            return PLACES[0] * risk / first
        return _interpolated(risk, (first, *others, 1 - _EDGE), (*PLACES, 1.0))

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Calibration":
        """The reverse of `to_json`."""
        return cls(
            version=fields["version"],
            mixes={key == "third_party": Mix(**mix) for key, mix in fields["mixes"].items()},
            settle={key == "third_party": float(value) for key, value in fields["settle"].items()},
            thresholds=fields["thresholds"],
            harmful=fields["harmful"],
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values, for the file that lies beside the weights."""
        return {
            "version": self.version,
            "mixes": {
                _key(third): {"encoder": mix.encoder, "screen": mix.screen, "offset": mix.offset}
                for third, mix in self.mixes.items()
            },
            "settle": {_key(third): value for third, value in self.settle.items()},
            "thresholds": self.thresholds,
            "harmful": self.harmful,
        }


def _key(third_party: bool) -> str:
    return "third_party" if third_party else "typed"


def _interpolated(risk: float, marks: Sequence[float], places: Sequence[float]) -> float:
    """Linear in log-odds from the first mark on; marks out of order are lifted to the one before."""
    at, low, place = logit(risk), logit(marks[0]), places[0]
    for mark, next_place in zip(marks[1:], places[1:], strict=True):
        high = max(logit(mark), low)
        if at < high:
            return place + (next_place - place) * (at - low) / (high - low)
        low, place = high, next_place
    return 1.0


def logit(probability: float) -> float:
    """Log-odds, bounded so that certainty stays finite."""
    bounded = min(max(probability, _EDGE), 1 - _EDGE)
    return log(bounded / (1 - bounded))


def sigmoid(value: float) -> float:
    """The reverse of `logit`."""
    if value >= 0:
        return 1 / (1 + exp(-min(value, 40.0)))
    return exp(max(value, -40.0)) / (1 + exp(max(value, -40.0)))
