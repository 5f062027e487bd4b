"""The shipped tagger of names."""

from pathlib import Path

import pytest

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.pii import PiiDetector
from llm_gateway.inference.names import name_tagger, read_tagger


@pytest.mark.parametrize(
    ("text", "category", "value"),
    [
        ("My name is Anna Kowalski and I need a new card.", "person", "Anna Kowalski"),
        ("Please send it to Peter Hansen by Friday.", "person", "Peter Hansen"),
        ("She moved here from Argentina", "location", "Argentina"),
    ],
)
def test_plain_sentences(text: str, category: str, value: str) -> None:
    """People and places in sentences as people write them."""
    found = {(one.category, text[one.start : one.end]) for one in name_tagger().tag(text)}

    assert (category, value) in found


def test_with_the_detector() -> None:
    """Names and numbers come from one detector, each piece once."""
    text = "My name is Anna Kowalski, card 4111 1111 1111 1111."
    findings = list(PiiDetector(tagger=name_tagger()).find(Reading(Segment((), text, Provenance.USER))))

    assert [finding.category for finding in findings] == ["person", "credit_card"]


def test_other_files_are_refused(tmp_path: Path) -> None:
    """What is no stored tagger is an error, not a silent tagger of nothing."""
    other = tmp_path / "x.npz"
    other.write_bytes(b"no archive")

    with pytest.raises((OSError, ValueError)):
        read_tagger(other)
