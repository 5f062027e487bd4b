"""Expressions of operators, over every reading, in linear time."""

from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.patterns import MOST_FINDINGS, PatternDetector

DETECTOR = PatternDetector({"project": [r"\bPRJ-\d{4,6}\b"], "umlaut": ["(?i)ä+"], "bomb": ["(a+)+$"]})


def found(text: str, category: str, detector: PatternDetector = DETECTOR) -> list[str]:
    findings = detector.find(Reading(Segment(("text",), text, Provenance.USER)))
    return [text[one.start : one.end] for one in findings if one.category == category]


@pytest.mark.parametrize(
    ("text", "category", "pieces"),
    [
        ("see PRJ-1234 and PRJ-123456", "project", ["PRJ-1234", "PRJ-123456"]),
        ("äÄ b ä", "umlaut", ["äÄ", "ä"]),
        ("日本 PRJ-1234 日本", "project", ["PRJ-1234"]),
        ("\ud800 PRJ-1234", "project", ["PRJ-1234"]),
        ("decode UFJKLTEyMzQgaXMgaXRzIG5hbWU=", "project", ["UFJKLTEyMzQgaXMgaXRzIG5hbWU="]),
        ("PRJ-12", "project", []),
    ],
)
def test_places(text: str, category: str, pieces: list[str]) -> None:
    """Findings lie where the match is, in characters, in any script and any reading."""
    assert found(text, category) == pieces


def test_what_lies_beyond_the_most_findings_is_found_as_a_whole() -> None:
    """Nobody can hide a match behind very many others."""
    text = "PRJ-1234 " * (MOST_FINDINGS + 5) + "end"
    pieces = found(text, "project")

    assert len(pieces) == MOST_FINDINGS + 1
    assert pieces[-1].endswith("PRJ-1234 end")


def test_an_expression_that_ruins_other_engines_is_harmless() -> None:
    """Linear in the text."""
    start = perf_counter()
    found("a" * 200_000 + "b", "bomb")

    assert perf_counter() - start < 2


def test_a_thousand_expressions_cost_one_scan() -> None:
    """Which of them match is decided together."""
    detector = PatternDetector({"many": [rf"(?i)thing{n}[a-z]+\d*" for n in range(1_000)]})
    text = "some text of ordinary length that mentions thing77abc once " * 4
    found(text, "many", detector)
    start = perf_counter()
    for _ in range(20):
        assert len(found(text, "many", detector)) == 4

    assert (perf_counter() - start) / 20 < 0.02


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    """Findings lie within the text."""
    for finding in DETECTOR.find(Reading(Segment(("text",), text, Provenance.USER))):
        assert 0 <= finding.start <= finding.end <= len(text)
