"""Scripts are told apart by their letters."""

import pytest

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.scripts import CATEGORIES, ScriptDetector


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("Good morning", {"latin"}),
        ("Доброе утро", {"cyrillic"}),
        ("Good morning, Иван", {"latin", "cyrillic"}),
        ("a long text in English that quotes one слово", {"latin"}),
        ("おはようございます", {"kana"}),
        ("早上好，朋友", {"han"}),
        ("안녕하세요", {"hangul"}),
        ("صباح الخير", {"arabic"}),
        ("ᚠᚢᚦᚨᚱᚲ", {"other"}),
        ("12345 !!!", set()),
        ("abc", set()),
    ],
)
def test_scripts(text: str, scripts: set[str]) -> None:
    """Those that at least four letters and a fifth of all belong to."""
    found = ScriptDetector().find(Reading(Segment(("text",), text, Provenance.USER)))

    assert {finding.category for finding in found} == scripts
    assert scripts <= CATEGORIES
