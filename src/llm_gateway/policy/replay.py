"""A draft over what was recorded of past exchanges.

Records hold what rules hit: detector, category, score, who wrote it, where, which way. They hold no
text. So a draft is replayed over those findings, and what cannot be known from them is said: a rule
that looks at texts or at the exchange itself, and a detector or category that no rule looked for at
the time. What an allow-list would have let pass cannot be known either.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.record import FindingSummary, Outcome, Record
from llm_gateway.domain.text import Direction, Provenance, Segment
from llm_gateway.domain.verdict import Action
from llm_gateway.policy.decide import decide
from llm_gateway.policy.model import Place, Policy, Rule

SAMPLES = 10


@dataclass(slots=True)
class Change:
    """Exchanges whose verdict would be another, with the ids of some, newest first."""

    count: int = 0
    samples: list[str] = field(default_factory=list)

    def add(self, record_id: str) -> None:
        self.count += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(record_id)


@dataclass(slots=True)
class Replay:
    """What a draft would have done.

    `newly_allowed` are exchanges that were blocked and would go on, or were changed or flagged and would
    go on as they are. `uncertain` are those for which some rule of the draft could not be known.
    """

    records: int = 0
    newly_blocked: Change = field(default_factory=Change)
    newly_masked: Change = field(default_factory=Change)
    newly_flagged: Change = field(default_factory=Change)
    newly_allowed: Change = field(default_factory=Change)
    unchanged: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    uncertain: Change = field(default_factory=Change)
    unknown_rules: Counter[str] = field(default_factory=Counter)


def replay(draft: Policy, records: Iterable[Record], policy_of: Callable[[str], Policy | None]) -> Replay:
    """Runs `draft` over records. `policy_of` gives the policy behind the label that a record names."""
    found = Replay()
    for record in records:
        if record.outcome is not Outcome.REFUSED:
            _replay_one(draft, record, policy_of(record.policy), found)
    return found


def _replay_one(draft: Policy, record: Record, judged_by: Policy | None, found: Replay) -> None:
    found.records += 1
    before, after = Action[record.verdict.upper()], verdict_on(draft, record, found.by_rule)
    unknown = [rule.id for rule in draft.rules if not _is_known(rule, judged_by)]
    if unknown:
        found.uncertain.add(record.id)
        found.unknown_rules.update(unknown)
    if after is before:
        found.unchanged += 1
    elif before is Action.BLOCK:
        found.newly_allowed.add(record.id)
    else:
        _changes(found)[after].add(record.id)


def _changes(found: Replay) -> dict[Action, Change]:
    return {
        Action.ALLOW: found.newly_allowed,
        Action.FLAG: found.newly_flagged,
        Action.MASK: found.newly_masked,
        Action.BLOCK: found.newly_blocked,
    }


def verdict_on(draft: Policy, record: Record, by_rule: Counter[str] | None = None) -> Action:
    """The draft's verdict over what was found at the time."""
    place = Place(record.surface, (record.model,))
    action = Action.ALLOW
    for direction in Direction:
        seen = {_finding(one) for one in record.findings if one.direction == direction.value}
        verdict = decide(draft, direction, [(segment, (finding,)) for segment, finding in seen], place)
        action = max(action, verdict.action)
        if by_rule is not None:
            by_rule.update({hit.rule for hit in verdict.hits})
    return action


def _finding(summary: FindingSummary) -> tuple[Segment, Finding]:
    segment = Segment((summary.path,), "", Provenance(summary.provenance))
    score, start, end = summary.score, summary.start, summary.end
    return segment, Finding(summary.detector, summary.category, score, start, end, "", summary.view)


def _is_known(rule: Rule, judged_by: Policy | None) -> bool:
    """Whether what this rule is about was looked for at the time, so that its absence means something."""
    if rule.looks is not None or rule.tools or rule.calls_only or rule.allow or judged_by is None:
        return False
    return any(_covers(other, rule) for other in _similar(judged_by, rule))


def _similar(policy: Policy, rule: Rule) -> Sequence[Rule]:
    return [other for other in policy.rules if other.detector == rule.detector and other.looks is None]


def _covers(wide: Rule, narrow: Rule) -> bool:
    """Whether every finding of `narrow` was one of `wide`."""
    return (
        wide.score <= narrow.score
        and _within(narrow.categories, wide.categories)
        and _within(narrow.provenances, wide.provenances)
        and _within(narrow.directions, wide.directions)
        and not (wide.calls_only or wide.surfaces or wide.models or wide.tools or wide.allow)
    )


def _within(narrow: frozenset[object], wide: frozenset[object]) -> bool:
    """Empty sets mean all."""
    return not wide or (bool(narrow) and narrow <= wide)
