"""Findings become a verdict: the most severe action of an enforced rule wins."""

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Direction, Provenance, Segment, SegmentKind
from llm_gateway.domain.verdict import Action
from llm_gateway.policy import Policy, Rule, decide

FLAG = Rule("flag-it", "pii", Action.FLAG)
MASK = Rule("mask-cards", "pii", Action.MASK, frozenset({"credit_card"}))
BLOCK = Rule("stop", "injection", Action.BLOCK, score=0.8, provenances=frozenset({Provenance.USER}))
TRIAL = Rule("trial", "pii", Action.BLOCK, enforced=False)

USER = Segment(("messages", 0, "content"), "text", Provenance.USER)
TOOL = USER._replace(provenance=Provenance.TOOL)


def finding(detector: str, category: str, score: float = 0.9) -> Finding:
    return Finding(detector, category, score, 0, 4, f"a {category}")


def verdict_of(rules: tuple[Rule, ...], segment: Segment, *findings: Finding) -> Action:
    return decide(Policy("p", "1", rules), Direction.REQUEST, [(segment, findings)]).action


def test_no_finding_is_allowed() -> None:
    """Where nothing is found nothing happens."""
    assert verdict_of((FLAG, MASK, BLOCK), USER) is Action.ALLOW


def test_the_most_severe_action_wins_whatever_the_order() -> None:
    """A block outweighs a mask outweighs a flag."""
    card, attack = finding("pii", "credit_card"), finding("injection", "jailbreak")

    assert verdict_of((FLAG, MASK, BLOCK), USER, card, attack) is Action.BLOCK
    assert verdict_of((BLOCK, MASK, FLAG), USER, attack, card) is Action.BLOCK
    assert verdict_of((FLAG, MASK), USER, card) is Action.MASK
    assert verdict_of((FLAG, MASK), USER, finding("pii", "email")) is Action.FLAG


def test_score_and_provenance_must_fit() -> None:
    """A rule speaks only about findings within its conditions."""
    assert verdict_of((BLOCK,), USER, finding("injection", "injection", 0.79)) is Action.ALLOW
    assert verdict_of((BLOCK,), TOOL, finding("injection", "injection", 0.9)) is Action.ALLOW


def test_the_direction_must_fit() -> None:
    """A rule for requests says nothing about answers."""
    rule = Rule("requests", "pii", Action.BLOCK, directions=frozenset({Direction.REQUEST}))
    found = [(USER, [finding("pii", "email")])]

    assert decide(Policy("p", "1", (rule,)), Direction.REQUEST, found).action is Action.BLOCK
    assert decide(Policy("p", "1", (rule,)), Direction.ANSWER, found).action is Action.ALLOW


def test_a_monitored_rule_is_recorded_and_changes_nothing() -> None:
    """Its hit is there to be looked at; the verdict stays what it was."""
    verdict = decide(Policy("p", "1", (TRIAL,)), Direction.REQUEST, [(USER, [finding("pii", "email")])])

    assert verdict.action is Action.ALLOW
    assert [(hit.rule, hit.monitored) for hit in verdict.hits] == [("trial", True)]


def test_what_cannot_be_masked_is_blocked() -> None:
    """A mask on an object key, on joined parts or on media would leave the text in place."""
    for kind in (SegmentKind.KEY, SegmentKind.JOINED, SegmentKind.OPAQUE):
        assert verdict_of((MASK,), USER._replace(kind=kind), finding("pii", "credit_card")) is Action.BLOCK


def test_the_verdict_names_the_rule_and_the_reason_that_decided() -> None:
    """Of equal actions the strongest finding is named."""
    found = [finding("injection", "injection", 0.85), finding("injection", "jailbreak", 0.95)]
    verdict = decide(Policy("p", "7", (BLOCK,)), Direction.REQUEST, [(USER, found)])

    assert (verdict.rule, verdict.reason, verdict.policy) == ("stop", "a jailbreak", "p@7")


def test_the_risk_is_the_probability_of_an_attack_or_of_what_is_stopped() -> None:
    """A masked card is no risk however sure the detector is; an attack is one even without a rule."""
    card = decide(Policy("p", "1", (MASK,)), Direction.REQUEST, [(USER, [finding("pii", "credit_card")])])
    attack = decide(Policy("p", "1"), Direction.REQUEST, [(USER, [finding("injection", "injection", 0.4)])])

    assert card.risk_score == 0.0
    assert attack.risk_score == 0.4
