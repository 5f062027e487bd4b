"""Findings → verdict.

The law: the verdict is the most severe action that any enforced rule gives to any finding. The rule
and reason it names are those of the strongest finding with that action. Order of rules, segments or
findings changes nothing but ties.
"""

from collections.abc import Iterable, Sequence

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Direction, Segment, SegmentKind
from llm_gateway.domain.verdict import ALLOWED, Action, Hit, Verdict
from llm_gateway.policy.model import NOWHERE, Place, Policy, Rule


def decide(
    policy: Policy,
    direction: Direction,
    found: Iterable[tuple[Segment, Sequence[Finding]]],
    place: Place = NOWHERE,
) -> Verdict:
    """The verdict of `policy` over everything found in one direction of an exchange."""
    hits: list[tuple[Hit, Rule]] = []
    risk = 0.0
    for segment, findings in found:
        for finding in findings:
            here = [
                (_hit(segment, finding, rule), rule)
                for rule in policy.speaking(finding, direction, place)
                if rule.matches(segment, finding, direction, place)
            ]
            hits += here
            risk = max(risk, _risk(finding, here))
    if not hits:
        return ALLOWED if not risk else Verdict(Action.ALLOW, risk_score=risk, policy=policy.label)
    return _verdict(policy, hits, risk)


def _risk(finding: Finding, hits: Iterable[tuple[Hit, Rule]]) -> float:
    """What a finding adds to the risk score: the probability of an attack, or of what a rule stops.

    A card number that is masked is no risk, however sure the detector is.
    """
    attack = finding.detector == "injection" and finding.category != "harmful_request"
    stopped = any(hit.action is Action.BLOCK and not hit.monitored for hit, _ in hits)
    return finding.score if attack or stopped else 0.0


def _hit(segment: Segment, finding: Finding, rule: Rule) -> Hit:
    return Hit(segment, finding, _possible(rule.action, segment), rule.id, monitored=not rule.enforced)


def _possible(action: Action, segment: Segment) -> Action:
    """What cannot be masked in place is stopped instead."""
    if action is Action.MASK and segment.kind is not SegmentKind.TEXT:
        return Action.BLOCK
    return action


def _verdict(policy: Policy, hits: Sequence[tuple[Hit, Rule]], risk: float) -> Verdict:
    enforced = [pair for pair in hits if not pair[0].monitored]
    if not enforced:
        return Verdict(Action.ALLOW, risk_score=risk, hits=_only_hits(hits), policy=policy.label)
    hit, rule = max(enforced, key=lambda pair: (pair[0].action, pair[0].finding.score))
    return Verdict(
        action=hit.action,
        rule=rule.id,
        reason=hit.finding.reason,
        message=rule.message,
        risk_score=risk,
        hits=_only_hits(hits),
        policy=policy.label,
    )


def _only_hits(hits: Sequence[tuple[Hit, Rule]]) -> tuple[Hit, ...]:
    return tuple(hit for hit, _ in hits)
