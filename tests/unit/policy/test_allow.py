"""Allow-lists suppress what they name and nothing else."""

import pytest

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Direction, Provenance, Segment
from llm_gateway.domain.verdict import Action
from llm_gateway.policy import decide, parse_policy
from llm_gateway.policy.allow import Allow


@pytest.mark.parametrize(
    ("found", "allowed"),
    [
        ("Support@Example.com", True),
        ("support@example.com.evil.test", False),
        ("test-123", True),
        ("my test-123", False),
        ("test-123x", False),
        ("https://docs.company.example/a?b", True),
        ("![x](https://company.example/i.png)", True),
        ("https://company.example.evil.test/", False),
        ("https://company.example@evil.test/", False),
        ("https://evil.test\\@company.example/", False),
        ("https:\\\\evil.test/company.example", False),
        ("https://evilcompany.example/", False),
        ("https://company.example:8443/", True),
        ("https://company.example/ and //evil.test/", False),
        ("someone@company.example", True),
        ("someone@evil.test", False),
        ("company.example", False),
    ],
)
def test_values_patterns_and_hosts(found: str, allowed: bool) -> None:
    """Values as a whole, patterns as a whole, hosts as browsers read them."""
    allow = Allow(frozenset({"support@example.com"}), (r"test-\d+",), frozenset({"company.example"}))

    assert allow.covers(found) is allowed


def test_what_is_allowed_gives_no_hit_and_no_risk() -> None:
    """The policy's list holds for all rules, a rule's own for that rule."""
    policy = parse_policy(
        """
name: p
allow: {values: ["one"]}
rules:
- {id: a, when: {detector: pii}, then: block, allow: {values: ["two"]}}
- {id: b, when: {detector: pii}, then: flag}
"""
    )

    def verdict(text: str) -> Action:
        segment = Segment(("t",), text, Provenance.USER)
        found = [Finding("pii", "email", 0.9, 0, len(text), "an address")]
        return decide(policy, Direction.REQUEST, [(segment, found)]).action

    assert [verdict(text) for text in ("one", "two", "three")] == [Action.ALLOW, Action.FLAG, Action.BLOCK]
