"""A draft over past records: what would change, and what cannot be known."""

from dataclasses import replace
from typing import Any

from llm_gateway.domain.record import Outcome, Record
from llm_gateway.policy import Policy, parse_policy
from llm_gateway.policy.replay import SAMPLES, Replay, replay
from tests.support.values import FINDING, a_record

CARD = replace(FINDING, rule="cards", action="mask", detector="pii", category="credit_card", score=0.9)
KEY = replace(FINDING, detector="secrets", category="aws_key", score=0.9)


def policy(*rules: str) -> Policy:
    return parse_policy(
        "name: p\nrules:\n" + "\n".join(f"- {{id: r{n}, {rule}}}" for n, rule in enumerate(rules))
    )


EVERYTHING = policy("when: {detector: pii}, then: flag", "when: {detector: secrets}, then: flag")


def record(number: int, verdict: str, *findings: Any, **fields: Any) -> Record:
    outcome = Outcome.BLOCKED if verdict == "block" else Outcome.ANSWERED
    made: Record = a_record(f"req_{number}", verdict=verdict, outcome=outcome, findings=findings, **fields)
    return made


def run(draft: Policy, *records: Record, judged_by: Policy | None = EVERYTHING) -> Replay:
    return replay(draft, records, lambda label: judged_by)


def test_changes_are_counted_with_samples() -> None:
    """Newly blocked, masked, flagged, allowed; what stays is counted, too."""
    draft = policy(
        "when: {detector: pii, category: credit_card}, then: block",
        "when: {detector: pii, category: email}, then: mask",
        "when: {detector: pii, category: iban}, then: flag",
    )
    found = run(
        draft,
        record(1, "mask", CARD),
        record(2, "allow", replace(CARD, category="email")),
        record(3, "allow", replace(CARD, category="iban")),
        record(4, "block", KEY),
        record(5, "allow"),
    )

    assert found.newly_blocked.samples == ["req_1"]
    assert found.newly_masked.samples == ["req_2"]
    assert found.newly_flagged.samples == ["req_3"]
    assert found.newly_allowed.samples == ["req_4"]
    assert (found.records, found.unchanged) == (5, 1)
    assert found.by_rule == {"r0": 1, "r1": 1, "r2": 1}


def test_samples_are_few() -> None:
    """The count is whole, the list is not."""
    found = run(policy(), *(record(n, "block", KEY) for n in range(SAMPLES + 5)))

    assert found.newly_allowed.count == SAMPLES + 5
    assert len(found.newly_allowed.samples) == SAMPLES


def test_conditions_of_the_draft_are_honoured() -> None:
    """Score, direction, provenance, model and surface count as they would have."""
    for when in ("score: 0.95", "direction: answer", "provenance: tool", "model: other", "surface: gemini.*"):
        draft = policy(f"when: {{detector: secrets, {when}}}, then: block")
        assert run(draft, record(1, "block", KEY)).newly_allowed.count == 1
    kept = policy("when: {detector: secrets, score: 0.9, model: gpt-*, surface: openai.*}, then: block")
    assert run(kept, record(1, "block", KEY)).unchanged == 1


def test_monitored_rules_change_nothing_and_are_counted() -> None:
    """A draft that only watches shows what it would have hit."""
    found = run(policy("when: {detector: secrets}, then: block, mode: monitor"), record(1, "allow", KEY))

    assert (found.unchanged, found.by_rule) == (1, {"r0": 1})


def test_what_cannot_be_known_is_said() -> None:
    """Rules about texts or the exchange, and findings that nobody asked for, are named as unknown."""
    draft = policy(
        "when: {detector: pii, category: email}, then: block",
        "when: {detector: secrets, score: 0.5}, then: block",
        "when: {keywords: [acme]}, then: block",
        "when: {exceeds: {turns: 3}}, then: block",
        "when: {detector: pii}, then: block, allow: {values: [x]}",
    )
    narrow = policy(
        "when: {detector: pii, category: email}, then: flag",
        "when: {detector: secrets, score: 0.8}, then: flag",
    )

    assert set(run(draft, record(1, "allow"), judged_by=narrow).unknown_rules) == {"r1", "r2", "r3", "r4"}
    assert set(run(draft, record(1, "allow"), judged_by=None).unknown_rules) == {"r0", "r1", "r2", "r3", "r4"}
    assert run(policy("when: {detector: pii}, then: flag"), record(1, "allow")).uncertain.count == 0


def test_exchanges_that_never_were_judged_are_left_out() -> None:
    """A refused key or a broken body says nothing about a policy."""
    assert run(policy(), a_record(outcome=Outcome.REFUSED)).records == 0
