"""No text makes a detector raise, lose its offsets, or take more than its length deserves."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Detector, Reading
from llm_gateway.guard.detectors.exfiltration import ExfiltrationDetector
from llm_gateway.guard.detectors.pii import CATEGORIES, PiiDetector
from llm_gateway.guard.detectors.pii.detector import RULES as PII
from llm_gateway.guard.detectors.rules import RuleBook
from llm_gateway.guard.detectors.secrets import SecretsDetector
from llm_gateway.guard.detectors.secrets.detector import RULES as SECRETS

DETECTORS: tuple[Detector, ...] = (PiiDetector(CATEGORIES), SecretsDetector(), ExfiltrationDetector())
PIECES = sorted(
    {sample[at:] for rule in (*PII, *SECRETS) for sample in rule.positives for at in (0, len(sample) // 2)}
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(
        st.one_of(st.sampled_from(PIECES), st.text("0123456789 -./:@=x²٣é邮\ud800\\n", max_size=12))
    ).map("".join),
)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_any_text(detector: Detector) -> None:
    """Whatever the text, findings lie within it, hold something, and do not overlap."""

    @given(TEXTS)
    def holds(text: str) -> None:
        findings = sorted(
            detector.find(Reading(Segment((), text, Provenance.MODEL))), key=lambda one: one.start
        )
        edges = [edge for finding in findings for edge in (finding.start, finding.end)]

        assert edges == sorted(edges)
        assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
        assert all(0 < finding.score <= 1 for finding in findings)

    holds()


ROWS: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "4" * size,
    "number words": lambda size: "4111 " * (size // 5),
    "dotted": lambda size: "1.1-1/1 " * (size // 8),
    "letters": lambda size: "aB3" * (size // 3),
    "openings": lambda size: "-----BEGIN PRIVATE KEY-----\nMII" * (size // 31),
    "half tokens": lambda size: "eyJhbGciOiJI.eyJ sk-proj- ghp_a1 AKIA " * (size // 39),
    "addresses": lambda size: "a@a.a@" * (size // 6),
    "every context": lambda size: ("phone card passport account iban tax id born " + "1" * 40) * (size // 86),
    "escapes": lambda size: "\\n\\t" * (size // 4),
}


@pytest.mark.parametrize("row", ROWS)
def test_time_is_linear(row: str) -> None:
    """A hundred thousand hostile characters pass all rules together in a fraction of a second each."""
    text = ROWS[row](100_000)
    books = (RuleBook(PII), RuleBook(SECRETS))
    begin = time.process_time()
    for book in books:
        book.find(text)

    assert time.process_time() - begin < 3
