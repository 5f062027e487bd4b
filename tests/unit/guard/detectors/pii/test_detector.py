"""The detector of structured personal data."""

import pytest

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.pii import PiiDetector
from llm_gateway.guard.detectors.pii.names import Tagged

DETECTOR = PiiDetector()


def _found(text: str, detector: PiiDetector = DETECTOR) -> list[tuple[str, str]]:
    reading = Reading(Segment((), text, Provenance.USER))
    return [(finding.category, text[finding.start : finding.end]) for finding in detector.find(reading)]


def test_several_kinds_in_one_message() -> None:
    """Each value is found once, under its own kind."""
    text = (
        "Ann, a.b@example.org, card 4111 1111 1111 1111, IBAN GB29 NWBK 6016 1331 9268 19, from 203.0.113.7"
    )

    assert _found(text) == [
        ("email", "a.b@example.org"),
        ("credit_card", "4111 1111 1111 1111"),
        ("iban", "GB29 NWBK 6016 1331 9268 19"),
        ("ip_address", "203.0.113.7"),
    ]


def test_a_failed_check_is_no_finding() -> None:
    """Numbers that only look like cards, accounts or social security numbers are left alone."""
    assert _found("4111 1111 1111 1112, GB29 NWBK 6016 1331 9268 18, 666-12-3456") == []


def test_chosen_categories() -> None:
    """Only what was asked for is looked for."""
    assert _found("a@b.org 4111 1111 1111 1111", PiiDetector({"email"})) == [("email", "a@b.org")]


def test_web_addresses_only_on_request() -> None:
    """A link is personal in few settings: it is found where it is named as a category."""
    assert _found("see https://example.org/a") == []
    assert _found("see https://example.org/a", PiiDetector({"url"})) == [("url", "https://example.org/a")]


def test_the_nearer_word_decides_what_a_number_is() -> None:
    """A licence number is no telephone number because a word for telephone stands further off."""
    assert _found("call me; my driver's license number is 425700624") == [("driver_license", "425700624")]


def test_an_unknown_category_names_the_known() -> None:
    """A spelling mistake is an error at once, with the remedy."""
    with pytest.raises(ValueError, match=r"known: .*credit_card"):
        PiiDetector({"creditcard"})


class ByHeart:
    """A tagger that knows one person."""

    def tag(self, text: str) -> list[Tagged]:
        at = text.find("Ann Smith")
        return [Tagged(at, at + 9, "person", 0.98)] if at >= 0 else []


def test_names_need_a_tagger() -> None:
    """With a tagger names are found beside numbers; without one, asking for them is an error."""
    text = "Ann Smith, a.b@example.org"

    assert _found(text, PiiDetector(tagger=ByHeart())) == [
        ("person", "Ann Smith"),
        ("email", "a.b@example.org"),
    ]
    assert _found(text, PiiDetector({"email"}, ByHeart())) == [("email", "a.b@example.org")]
    with pytest.raises(ValueError, match="person"):
        PiiDetector({"person"})


def test_reasons_hold_no_value() -> None:
    """What is said about a finding never repeats it."""
    reading = Reading(Segment((), "card 4111 1111 1111 1111", Provenance.USER))

    assert all("4111" not in finding.reason for finding in DETECTOR.find(reading))
