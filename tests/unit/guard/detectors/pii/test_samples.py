"""Every rule finds its positive samples and keeps away from its negative ones."""

import pytest

from llm_gateway.guard.detectors.pii.detector import RULES
from llm_gateway.guard.detectors.rules import Rule, RuleBook

POSITIVES = [(rule, text) for rule in RULES for text in rule.positives]
NEGATIVES = [(rule, text) for rule in RULES for text in rule.negatives]


def _label(value: object) -> str:
    return f"{value.category}-{value.name}" if isinstance(value, Rule) else str(value)


@pytest.mark.parametrize("rule", RULES, ids=_label)
def test_has_samples(rule: Rule) -> None:
    """No rule goes without samples of both kinds."""
    assert rule.positives
    assert rule.negatives


@pytest.mark.parametrize(("rule", "text"), POSITIVES, ids=_label)
def test_positive(rule: Rule, text: str) -> None:
    """The rule finds something, surer than a coin toss."""
    assert all(hit.score >= 0.5 for hit in RuleBook([rule]).find(text))
    assert RuleBook([rule]).find(text)


@pytest.mark.parametrize(("rule", "text"), NEGATIVES, ids=_label)
def test_negative(rule: Rule, text: str) -> None:
    """The rule finds nothing."""
    assert RuleBook([rule]).find(text) == []
