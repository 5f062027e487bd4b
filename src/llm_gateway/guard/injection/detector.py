"""The injection detector, as policies know it."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Provenance
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.injection.calibration import THIRD_PARTY
from llm_gateway.guard.injection.cascade import Assessment, Cascade
from llm_gateway.guard.injection.disguises import undisguised
from llm_gateway.guard.view import View

MENTION = 0.05
"""Findings below this score are not reported. It is low, so that the risk of a text is told well
below the thresholds of policies, and above what the screen settles."""

NARROWED = 0.5
"""From this score on the span is narrowed to sentences, which costs further runs of the encoder."""

REASONS = {
    "injection": "text that tries to give the model instructions against those who run it",
    "jailbreak": "text that tries to talk the model out of its limits",
    "harmful_request": "plain request for something harmful",
}


class Judged(NamedTuple):
    """The riskiest reading of a text, with its score."""

    score: float
    view: View
    assessment: Assessment


class InjectionDetector:
    """Finds prompt injections, jailbreaks and, as a category of its own, harmful requests.

    `load` builds the cascade and is called when the first text comes, since it reads the weights.
    `version` names those weights. What operators write is not judged unless `operator_too`.
    """

    name = "injection"

    def __init__(self, load: Callable[[], Cascade], version: str, *, operator_too: bool = False) -> None:
        self._load, self.version, self._operator_too = load, version, operator_too

    @cached_property
    def cascade(self) -> Cascade:
        return self._load()

    def find(self, reading: Reading) -> Iterator[Finding]:
        """At most one attack and one harmful request."""
        if reading.provenance is Provenance.OPERATOR and not self._operator_too:
            return
        judged = self.judge(reading)
        if judged.score >= MENTION:
            yield self._attack(judged, reading.provenance)
        if judged.assessment.harmful >= self.cascade.calibration.harmful:
            yield self._harmful(judged)

    def judge(self, reading: Reading) -> Judged:
        """The riskiest of the text's readings. Its score runs from 0 to 1, whatever it is."""
        views = undisguised(reading.views)
        judged = [self._judge(view, reading.provenance) for view in views if view.text.strip()]
        nothing = View("text", "")
        return max(judged, key=lambda one: one.score) if judged else self._judge(nothing, reading.provenance)

    def _judge(self, view: View, provenance: Provenance) -> Judged:
        assessment = self.cascade.assess(view.text, provenance in THIRD_PARTY)
        score = self.cascade.calibration.score(assessment.risk, provenance, assessment.windows)
        return Judged(score, view, assessment)

    def _attack(self, judged: Judged, provenance: Provenance) -> Finding:
        view, found = judged.view, judged.assessment
        span = found.start, found.end
        if judged.score >= NARROWED:
            span = self.cascade.hottest_span(view.text, found, provenance in THIRD_PARTY)
        start, end = view.origin(*span)
        reason = REASONS[found.category] + (", hidden from human readers" if view.hidden else "")
        return Finding(self.name, found.category, round(judged.score, 4), start, end, reason, view.name)

    def _harmful(self, judged: Judged) -> Finding:
        view, found = judged.view, judged.assessment
        start, end = view.origin(found.start, found.end)
        return Finding(
            self.name,
            "harmful_request",
            round(found.harmful, 4),
            start,
            end,
            REASONS["harmful_request"],
            view.name,
        )
