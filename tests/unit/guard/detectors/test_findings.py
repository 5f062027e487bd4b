"""Findings over every reading of a text."""

from base64 import b64encode

import pytest

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.pii import PiiDetector
from llm_gateway.guard.detectors.secrets import SecretsDetector

TOKEN = "ghp_" + "a1B2c3D4e5" * 3 + "F6g7H8"


@pytest.mark.parametrize(
    "carrier", ["{}", "here is the token of our repository, keep it safe: {} thanks", "k={}\n"]
)
def test_a_token_in_base64_is_covered_as_it_was_sent(carrier: str) -> None:
    """What hides in an encoding is found, alone or in a sentence, and the finding spans the encoded run."""
    encoded = b64encode(carrier.format(TOKEN).encode()).decode()
    text = f"data: {encoded} end"
    findings = list(SecretsDetector().find(Reading(Segment((), text, Provenance.USER))))

    assert [finding.category for finding in findings] == ["github_token"]
    assert text[findings[0].start : findings[0].end] == encoded
    assert findings[0].view == "base64"


def test_a_card_between_invisible_characters() -> None:
    """Zero-width characters inside a number do not hide it, and are covered with it."""
    text = "card 4111\u200b 1111 1111\u200b 1111 ok"
    findings = list(PiiDetector().find(Reading(Segment((), text, Provenance.USER))))

    assert [finding.category for finding in findings] == ["credit_card"]
    assert text[findings[0].start : findings[0].end] == "4111\u200b 1111 1111\u200b 1111"


def test_a_plain_finding_is_reported_once() -> None:
    """A reading that shows nothing new adds nothing."""
    text = "ann@example.org ａｎｎ"
    findings = list(PiiDetector().find(Reading(Segment((), text, Provenance.USER))))

    assert [(finding.category, finding.view) for finding in findings] == [("email", "text")]
