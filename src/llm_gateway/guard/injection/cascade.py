"""Tier after tier over the windows of one text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from llm_gateway.guard.injection.calibration import Calibration, sigmoid
from llm_gateway.guard.injection.encoder import Encoder, Probabilities
from llm_gateway.guard.injection.screen import Screen
from llm_gateway.guard.injection.windows import Window, windows

BUDGET = 8
"""Windows that the encoder reads of one text at most: those that the screen finds most suspicious."""

SETTLED = 0.02
"""Risk of a text that the screen settled is below this."""

CERTAIN = 0.995
"""No further window is read once one is as risky as this."""

_SENTENCE = re.compile(r"(?:[^.!?。！？\n\\]|[.!?](?=\S)|\\(?!n))+[.!?。！？]*")


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the cascade says about one text.

    `risk` is the largest of its windows; `start` and `end` give the window it came from and
    `probabilities` what the encoder said about that. `harmful` is the largest probability of a plainly
    harmful request. `read` of `windows` windows went to the encoder; none if the screen settled.
    """

    risk: float
    windows: int
    read: int
    start: int
    end: int
    probabilities: Probabilities
    harmful: float = 0.0

    @property
    def category(self) -> str:
        found = self.probabilities
        return "jailbreak" if found.jailbreak > found.injection else "injection"


_UNREAD = Probabilities(1.0, 0.0, 0.0, 0.0)


class Cascade:
    """The screen, the encoder and the figures that join them. Holds no state between calls."""

    def __init__(self, screen: Screen, encoder: Encoder, calibration: Calibration) -> None:
        self._screen, self._encoder, self.calibration = screen, encoder, calibration

    def assess(self, text: str, third_party: bool) -> Assessment:
        """How likely the text attacks the model that will read it."""
        cut = windows(text)
        suspicion = [self._screen.score(text[window.start : window.end], third_party) for window in cut]
        hottest = max(range(len(cut)), key=suspicion.__getitem__)
        settle = self.calibration.settle[third_party]
        if suspicion[hottest] < settle:
            risk = SETTLED * sigmoid(suspicion[hottest] - settle)
            return Assessment(risk, len(cut), 0, *cut[hottest], _UNREAD)
        doubtful = [index for index in range(len(cut)) if suspicion[index] >= settle]
        doubtful.sort(key=suspicion.__getitem__, reverse=True)
        return self._read(text, cut, suspicion, doubtful[:BUDGET], third_party)

    def _read(
        self,
        text: str,
        cut: Sequence[Window],
        suspicion: Sequence[float],
        order: Sequence[int],
        third_party: bool,
    ) -> Assessment:
        seen = list(self._classified(text, cut, suspicion, order, third_party))
        risk, index, found = max(seen)
        harmful = max(probabilities.harmful_request for _, _, probabilities in seen)
        return Assessment(risk, len(cut), len(seen), *cut[index], found, harmful)

    def _classified(
        self,
        text: str,
        cut: Sequence[Window],
        suspicion: Sequence[float],
        order: Sequence[int],
        third_party: bool,
    ) -> Iterator[tuple[float, int, Probabilities]]:
        """Risk, index and probabilities of the windows in this order, up to the first that is certain."""
        mix = self.calibration.mixes[third_party]
        for index in order:
            start, end = cut[index]
            (found,) = self._encoder.classify([text[start:end]], third_party)
            risk = mix.risk(found.attack, suspicion[index])
            yield risk, index, found
            if risk >= CERTAIN:
                return

    def hottest_span(self, text: str, found: Assessment, third_party: bool) -> tuple[int, int]:
        """The sentences of the hottest window that are an attack by themselves, else the whole window."""
        spans = list(_sentences(text, found.start, found.end))
        if len(spans) < 2:
            return found.start, found.end
        classified = self._encoder.classify([text[start:end] for start, end in spans], third_party)
        peak = max(probabilities.attack for probabilities in classified)
        if peak < found.probabilities.attack / 2:
            return found.start, found.end
        hot = [span for span, seen in zip(spans, classified, strict=True) if seen.attack >= 0.7 * peak]
        return hot[0][0], hot[-1][1]


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of at least 12 characters between two positions, shorter ones joined to the next."""
    begin = start
    for match in _SENTENCE.finditer(text, start, end):
        if match.end() - begin >= 12:
            yield begin, match.end()
            begin = match.end()
