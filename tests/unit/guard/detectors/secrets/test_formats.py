"""Every token format is found in random examples of it."""

import random

import pytest

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.secrets import SecretsDetector
from llm_gateway.guard.detectors.secrets.formats import FORMATS
from llm_gateway.guard.detectors.secrets.formats.format import Format
from llm_gateway.guard.detectors.secrets.shape import example

DETECTOR = SecretsDetector()
EXAMPLES = 5


def _found(text: str) -> list[str]:
    reading = Reading(Segment((), text, Provenance.USER))
    return [text[finding.start : finding.end] for finding in DETECTOR.find(reading)]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: f"{form.category}-{form.shape[:24]}")
def test_random_examples(form: Format) -> None:
    """In a sentence, in an assignment and in JSON, exactly the token is covered."""
    chance = random.Random(form.shape)
    for _ in range(EXAMPLES):
        token = example(form.shape, chance.choice, chance.randint)
        name = form.words.terms[0] if form.words else "it"
        for text in (f"{name} key: {token} ok", f"{name}_TOKEN={token}\n", f'{{"{name}_key": "{token}"}}'):
            assert token in _found(text)


def test_at_least_the_promised_number() -> None:
    """The catalogue holds 120 services and more."""
    assert len({form.service for form in FORMATS}) >= 120
