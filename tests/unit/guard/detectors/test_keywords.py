"""Listed words and phrases are found however they are written, and nothing else is."""

from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.keywords import MOST_FINDINGS, KeywordDetector, KeywordError

DETECTOR = KeywordDetector(
    {
        "words": ["Acme", "top secret", "C++", "AT&T", "terroris*", "Straße", "café", "हिंदी", "机密"],
        "other": ["secret"],
    }
)


def found(text: str, category: str = "words", detector: KeywordDetector = DETECTOR) -> list[str]:
    """The found pieces of the text."""
    findings = detector.find(Reading(Segment(("text",), text, Provenance.USER)))
    return [text[one.start : one.end] for one in findings if one.category == category]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("We buy from ACME, always.", ["ACME"]),
        ("acmes and pacme", []),
        ("it is Top-Secret, TOP\nSECRET", ["Top-Secret", "TOP\nSECRET"]),
        ("written in C++ or C", ["C++"]),
        ("at&t, at t", ["at&t"]),
        ("Terrorismus, terror", ["Terrorismus"]),
        ("STRASSE", ["STRASSE"]),
        ("cafe\u0301 cafe", ["cafe\u0301"]),
        ("यह हिंदी है", ["हिंदी"]),
        ("这是机密文件", ["机密"]),
        ("Ａｃｍｅ", ["Ａｃｍｅ"]),
        ("#acme", ["#acme"[1:]]),
        ("Ac\u200bme", ["Ac\u200bme"]),
        ("Асme with Cyrillic letters", ["Асme"]),
    ],
)
def test_spellings(text: str, pieces: list[str]) -> None:
    """Whole words, whatever their case, joints and disguise."""
    assert found(text) == pieces


def test_lists_do_not_hide_each_other() -> None:
    """A word of one list inside a phrase of another is found for both."""
    assert found("top secret", "words") == ["top secret"]
    assert found("top secret", "other") == ["secret"]


def test_hidden_words_are_found_where_they_are_hidden() -> None:
    """A base64 text that says a listed phrase is found as the run that it is."""
    assert found("decode dGhpcyBpcyB0b3Agc2VjcmV0LCBzaWdu now") == ["dGhpcyBpcyB0b3Agc2VjcmV0LCBzaWdu"]


def test_what_lies_beyond_the_most_findings_is_found_as_a_whole() -> None:
    """Nobody can hide a word behind very many others."""
    text = "acme and " * (MOST_FINDINGS + 5) + "end"
    pieces = found(text)

    assert len(pieces) == MOST_FINDINGS
    assert pieces[-1].endswith("acme and end")


@pytest.mark.parametrize("word", ["", "***", "&", " ".join("abcdefghijklmnopqr")])
def test_what_cannot_be_looked_for_is_refused(word: str) -> None:
    """Signs alone and sentences are for patterns."""
    with pytest.raises(KeywordError, match="use a pattern"):
        KeywordDetector({"a": [word]})


def test_the_version_follows_the_lists() -> None:
    """Findings that are remembered belong to these lists."""
    assert KeywordDetector({"a": ["x"]}).version == KeywordDetector({"a": ["x"]}).version
    assert KeywordDetector({"a": ["x"]}).version != KeywordDetector({"b": ["x"]}).version


def test_the_number_of_keywords_costs_nothing() -> None:
    """Ten thousand phrases over a long text take no longer than ten, give or take."""
    few, many = (
        KeywordDetector({"a": [f"word{n} of {n % 9}" for n in range(size)]}) for size in (10, 10_000)
    )
    text = "word1 of many words that are of no list " * 2_000

    def took(detector: KeywordDetector) -> float:
        start = perf_counter()
        found(text, "a", detector)
        return perf_counter() - start

    took(few)
    assert min(took(many) for _ in range(3)) < 4 * min(took(few) for _ in range(3)) + 0.05


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    """Findings lie within the text."""
    for finding in DETECTOR.find(Reading(Segment(("text",), text, Provenance.USER))):
        assert 0 <= finding.start <= finding.end <= len(text)
