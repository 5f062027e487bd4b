"""Policy documents: what is accepted, and how mistakes are named."""

import pytest

from llm_gateway.domain.text import Direction, Provenance
from llm_gateway.domain.verdict import Action
from llm_gateway.guard.injection.calibration import PRESETS as CALIBRATED
from llm_gateway.policy import MaskStyle, Policy, PolicyError, Rule, default_policy, parse_policy
from llm_gateway.policy.language import FALSE_POSITIVES, PRESETS
from llm_gateway.policy.looks import Argument, Exceeds, Keywords, Patterns, ToolsChanged, ToolsOutside

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
        ("name: x\nrulez: []", "line 2: rulez no such field; known are name, description, mode"),
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
        ("name: [", "did not find expected node content"),
        ("x" * 300_000, "line 1: the document is longer than"),
    ],
)
def test_mistakes_are_named_with_line_and_remedy(text: str, complaint: str) -> None:
    """Every wrong document is refused with the line, the field and what would be right."""
    with pytest.raises(PolicyError, match=r"^line \d+: ") as error:
        parse_policy(text)

    assert complaint in str(error.value)


def policy(when: str, then: str = "block", more: str = "") -> Policy:
    return parse_policy(f"name: p\n{more}\nrules:\n- id: r\n  when: {{{when}}}\n  then: {then}\n")


def rule(when: str, then: str = "block", more: str = "") -> Rule:
    return policy(when, then, more).rules[0]


def test_what_a_rule_looks_for_is_read() -> None:
    """Each kind of condition arrives as its own value, under its own detector."""
    assert rule("keywords: [acme, top secret]").looks == Keywords(("acme", "top secret"))
    assert rule("pattern: 'x\\d'").looks == Patterns(("x\\d",))
    assert rule("exceeds: {turns: 3}").looks == Exceeds((("turns", 3),))
    assert isinstance(rule("tools_outside: [search, read_*]").looks, ToolsOutside)
    assert rule("tool_changed: true").looks == ToolsChanged()
    assert isinstance(rule("tool: mail, argument: {path: $.to, outside: '.*@a'}").looks, Argument)
    assert [rule(f"{one}: x").detector for one in ("keywords", "pattern")] == ["keywords", "patterns"]


def test_presets_are_where_the_detector_is_calibrated() -> None:
    """A preset is the score that its share of clean texts reaches."""
    assert {name: CALIBRATED[f"{FALSE_POSITIVES[name]:g}"] for name in PRESETS} == PRESETS
    assert rule("detector: injection, preset: strict").score == PRESETS["strict"]


def test_tool_calls_narrow_answers_only_where_answers_are_not_meant_whole() -> None:
    """`tool_call` is a part of `answer`."""
    calls = rule("detector: pii, direction: tool_call")
    both = rule("detector: pii, direction: [answer, tool_call]")

    assert calls.directions == {Direction.ANSWER}
    assert calls.calls_only
    assert both.directions == {Direction.ANSWER}
    assert not both.calls_only


def test_what_only_requests_can_show_keeps_no_answer_waiting() -> None:
    """Bounds on requests and pinned definitions are not looked for in answers."""
    assert policy("exceeds: {messages: 3}").structural(Direction.ANSWER) == []
    assert policy("tool_changed: true").structural(Direction.ANSWER) == []
    assert policy("exceeds: {tool_calls: 3}").structural(Direction.ANSWER)


def test_included_rules_hold_beside_ones_own_which_replace_them() -> None:
    """`include: default` keeps the protection of a fresh installation; an own rule of the same id wins."""
    text = "name: p\ninclude: default\nrules:\n- {id: secrets, when: {detector: secrets}, then: flag}\n"
    rules = {rule.id: rule for rule in parse_policy(text).rules}

    assert rules.keys() == {rule.id for rule in default_policy().rules}
    assert rules["secrets"].action is Action.FLAG
    assert parse_policy(text).version != parse_policy(text.replace("include: default\n", "")).version


def test_the_mode_of_the_policy_holds_for_rules_without_their_own() -> None:
    """A draft can be monitored as a whole."""
    assert not rule("detector: pii", more="mode: monitor").enforced


def test_a_build_refuses_what_it_cannot_find() -> None:
    """A rule that could never speak must not look like protection."""
    text = "name: p\nrules:\n- id: r\n  when:\n    detector: pii\n    category: credit_cart\n  then: block\n"

    with pytest.raises(
        PolicyError, match=r"line 6: .*'credit_cart' is no category of pii; known are credit_card"
    ):
        parse_policy(text, {"pii": frozenset({"credit_card"})})
    with pytest.raises(PolicyError, match=r"line 5: .* is not part of this build, which has secrets"):
        parse_policy(text, {"secrets": frozenset()})


@pytest.mark.parametrize(
    ("when", "then", "complaint"),
    [
        ("direction: answer", "block", "must name exactly one of detector, keywords"),
        ("detector: pii, keywords: x", "block", "must name exactly one of detector, keywords"),
        ("keywords: no", "block", "must be a text; put it in quotes"),
        ("keywords: []", "block", "must have 1 to 20000 entries"),
        ("pattern: 'a('", "block", "is not an RE2 pattern (missing ))"),
        ("pattern: '(?:a{1,900}){1,900}'", "block", "is not an RE2 pattern"),
        ("pattern: '\\pL{900}\\pN{900}'", "block", "too large once compiled"),
        ("pattern: 'a*'", "block", "matches the empty text"),
        ("pattern: '(?=a)b'", "block", "is not an RE2 pattern"),
        ("keywords: x, category: y", "block", "belongs to detector; this rule has none"),
        ("keywords: x, score: 0.5", "block", "what this rule finds is certain"),
        ("exceeds: {turns: 3}", "mask", "cannot be mask"),
        ("exceeds: {turns: 3}, direction: answer", "block", "must include request"),
        ("exceeds: {turns: -3}", "block", "must be a whole number from 0"),
        ("exceeds: {turns: true}", "block", "must be a whole number from 0"),
        ("exceeds: {turns: 3}, tool: x", "block", "has no meaning beside exceeds"),
        ("detector: pii, preset: strict", "block", "is for the injection detector"),
        ("detector: injection, preset: strict, score: 1", "block", "stands beside score"),
        ("argument: {path: $.a}", "block", "must have either matches or outside"),
        ("argument: {path: a.b, matches: x}", "block", "must be a JSON path such as $.to"),
        ("argument: {path: $..a..b, matches: x}", "block", "may hold `..` once only"),
        ("tool_changed: false", "block", "must be true; leave it out otherwise"),
    ],
)
def test_conditions_that_would_not_hold_what_they_say_are_refused(
    when: str, then: str, complaint: str
) -> None:
    """A rule means what it says or is a mistake."""
    with pytest.raises(PolicyError) as error:
        rule(when, then)

    assert complaint in str(error.value)
    assert str(error.value).startswith("line ")


@pytest.mark.parametrize(
    "more",
    [
        "include: nothing-such",
        "examples: [{expect: block}]",
        "examples: [{text: x, request: {}, expect: block}]",
        "examples: [{text: x, expect: block, rule: other}]",
        "allow: {patterns: '('}",
        "allow: {values: ['']}",
    ],
)
def test_mistakes_around_the_rules_are_named(more: str) -> None:
    """Includes, examples and allow-lists are checked as strictly as rules."""
    with pytest.raises(PolicyError, match=r"^line 2: "):
        rule("detector: pii", more=more)


def test_no_complaint_repeats_a_pattern() -> None:
    """Patterns may hold what must not be known."""
    with pytest.raises(PolicyError) as error:
        rule("pattern: 'projectcanary('")

    assert "canary" not in str(error.value)


def test_large_documents_are_read_in_a_blink_and_too_large_ones_refused() -> None:
    """Twenty thousand keywords are fine; sizes that could hurt are named."""
    many = ", ".join(f"word{number}" for number in range(15_000))

    assert len(rule(f"keywords: [{many}]").looks.words) == 15_000  # type: ignore[union-attr]
    with pytest.raises(PolicyError, match="must have at most 2000 rules"):
        parse_policy("name: p\nrules:\n" + "- {id: r, when: {tool_changed: true}, then: flag}\n" * 2_001)
