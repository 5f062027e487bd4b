"""Context words."""

import pytest

from llm_gateway.guard.detectors.context import Words

WORDS = Words("pin, passport, 护照", before=20, after=10)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("my PIN is 4821", True),
        ("user_pin=4821", True),
        ("pinned at 4821", False),
        ("passportNumber: 4821", True),
        ("护照4821", True),
        ("4821 pin", True),
        ("passport" + " " * 30 + "4821", False),
    ],
)
def test_near(text: str, near: bool) -> None:
    """Short words stand alone, longer ones may be part of a compound, and distance counts."""
    start = text.index("4821")

    assert near is WORDS.near(text, start, start + 4)


def test_every_word_is_a_gate() -> None:
    """Each word opens its rules, short ones where they stand alone."""
    assert WORDS.gates == ("(?:^|[^a-z])pin(?:[^a-z]|$)", "passport", "护照")
