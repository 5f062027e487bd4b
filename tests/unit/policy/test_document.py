"""Policy documents: what is accepted, and how mistakes are named."""

import pytest

from llm_gateway.domain.text import Direction, Provenance
from llm_gateway.domain.verdict import Action
from llm_gateway.policy import MaskStyle, PolicyError, default_policy, parse_policy

RULE = """
name: example
rules:
  - id: cards
    when:
      detector: pii
      category: [credit_card, iban]
      score: 0.7
      provenance: user
      direction: [request, answer]
    then: mask
    style: partial
    mode: monitor
    message: No cards, please.
"""


def test_a_rule_is_read_whole() -> None:
    """Every field of a rule arrives in the policy."""
    rule = parse_policy(RULE).rules[0]

    assert rule.id == "cards"
    assert rule.detector == "pii"
    assert rule.categories == {"credit_card", "iban"}
    assert rule.score == 0.7
    assert rule.provenances == {Provenance.USER}
    assert rule.directions == {Direction.REQUEST, Direction.ANSWER}
    assert rule.action is Action.MASK
    assert rule.style is MaskStyle.PARTIAL
    assert not rule.enforced
    assert rule.message == "No cards, please."


def test_the_version_follows_the_text() -> None:
    """Another text is another version; the same text is the same."""
    assert parse_policy(RULE).version == parse_policy(RULE).version
    assert parse_policy(RULE).version != parse_policy(RULE + "\n# note").version


def test_the_default_policy_enforces_injection_and_secrets_and_masks_cards() -> None:
    """A fresh installation stops attacks and credentials, and masks card and social security numbers."""
    rules = {rule.id: rule for rule in default_policy().rules}

    assert rules["prompt-injection"].action is Action.BLOCK
    assert rules["secrets"].action is Action.BLOCK
    assert rules["card-and-ssn"].action is Action.MASK
    assert all(rule.enforced for rule in rules.values())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "line 1: the policy must be an object"),
        ("name: x\nname: y", "line 2: the key 'name' stands here twice"),
        ("a: &x 1\nb: *x", "line 2: aliases"),
        ("name: !!python/object:os.system x", "line 1: values of type os.system are not accepted"),
        ("name: 2020-01-01", "line 1: values of type timestamp are not accepted; quote it"),
        ("[" * 100, "line 1: nested deeper than 16 levels"),
        ("name: x\nrulez: []", "line 2: rulez no such field; known are name, description, rules"),
        (RULE.replace("pii", "pie"), "line 6: rules[0].when.detector must be one of"),
        (RULE.replace("0.7", "7"), "line 8: rules[0].when.score must be a number from 0 to 1"),
        (RULE.replace("0.7", ".nan"), "line 8: rules[0].when.score must be a number from 0 to 1"),
        (
            RULE.replace("then: mask", "then: shout"),
            "line 11: rules[0].then must be one of flag, mask, block",
        ),
        (RULE.replace("monitor", "maybe"), "line 13: rules[0].mode must be one of enforce, monitor"),
        (RULE.replace("provenance: user", "provenance: us"), "rules[0].when.provenance must be one of"),
        (RULE + RULE.split("rules:")[1], "rules[1].id the id 'cards' is used twice"),
        ("name: [", "line 1: "),
        ("x" * 300_000, "line 1: the document is longer than"),
    ],
)
def test_mistakes_are_named_with_line_and_remedy(text: str, complaint: str) -> None:
    """Every wrong document is refused with the line, the field and what would be right."""
    with pytest.raises(PolicyError, match=r"^line \d+: ") as error:
        parse_policy(text)

    assert complaint in str(error.value)
