"""Rules as data, and the book that runs many of them over a text.

One scan with an RE2 set over the lower-cased text decides which rules can match at all; only those
are run. Every expression is RE2: linear in the text, whatever the text.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import re2

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.folding import encodable, folded

Check = Callable[[str], int]
"""Takes the matched text; returns how many of its characters stand, 0 for none."""

# Of two rules that claim a number, the one whose word stands nearer has it.
_PER_CHARACTER = 0.001
_SET_MEMORY = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of thing to find.

    `pattern`: RE2 over the folded text; group 1, where there is one, is the value.
    `score`: confidence without a context word; 0 means that a context word is required.
    `near`: confidence when one of `context` stands beside it; a thousandth less per character between.
    `gate`: RE2 expressions over the lower-cased text; the rule is only run where one holds. A rule
    that requires a context word needs none: its words are the gate. `shape`: one more expression
    that must hold somewhere, given by rules whose words are common.
    `also`: words of which one must stand nearby in any case.
    `unless`: words of which none may stand nearby.
    `proof`: a check sum in the value; where it holds, the confidence is `near`.
    `apart`: characters that must not touch the match on its left.
    `wide`: the expression is run over the text itself, for rules with words in other scripts.
    `retry`: after a refused match, look again one character later instead of after the match
    (for numbers that stand in a row); only for patterns of bounded length.
    """

    category: str
    pattern: str
    score: float
    reason: str
    near: float = 0.0
    context: Words | None = None
    also: Words | None = None
    unless: Words | None = None
    proof: Callable[[str], bool] | None = None
    gate: tuple[str, ...] = ()
    shape: str = ""
    check: Check | None = None
    apart: str = ""
    retry: bool = False
    wide: bool = False
    name: str = ""
    positives: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()

    @property
    def gates(self) -> tuple[str, ...]:
        if self.gate or self.score or self.context is None:
            return self.gate
        return self.context.gates


class Hit(NamedTuple):
    """A rule that matched, with its span in the text it was run over."""

    rule: Rule
    start: int
    end: int
    score: float


def whole(holds: Callable[[str], bool]) -> Check:
    """A check that takes or refuses the match as a whole."""
    return lambda value: len(value) if holds(value) else 0


def literal(text: str) -> str:
    """A gate that opens where `text` (lower-case) stands."""
    return str(re2.escape(text))


class RuleBook:
    """Rules compiled together. Immutable; safe to share between threads."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules: Sequence[Rule] = tuple(rules)
        self._compiled = [
            re2.compile(rule.pattern if rule.wide else rule.pattern.encode()) for rule in self.rules
        ]
        self._always = [at for at, rule in enumerate(self.rules) if not rule.gates]
        self._gate, self._opens, self._shapes = _gate(self.rules)

    def find(self, text: str) -> list[Hit]:
        """All hits in `text`, rule by rule; hits of different rules may overlap."""
        candidates = self._candidates(text)
        if not candidates:
            return []
        raw = folded(text)
        return [hit for at in candidates for hit in _run(self.rules[at], self._compiled[at], text, raw)]

    def _candidates(self, text: str) -> list[int]:
        opened = self._gate.Match(encodable(text.lower())) if self._opens else None
        if not opened:
            return self._always
        at_hand = {at for gate in opened for at in self._opens[gate]}
        shaped = {at for gate in opened for at in self._shapes[gate]}
        return sorted(at for at in at_hand.union(self._always) if at in shaped or not self.rules[at].shape)


def _gate(rules: Sequence[Rule]) -> tuple[Any, list[list[int]], list[list[int]]]:
    """The set of all gate expressions, which rules each of them opens, and whose shape each is."""
    options = re2.Options()
    options.max_mem = _SET_MEMORY
    opens: dict[str, list[int]] = {}
    shapes: dict[str, list[int]] = {}
    for at, rule in enumerate(rules):
        for expression in rule.gates:
            opens.setdefault(expression, []).append(at)
        if rule.shape:
            shapes.setdefault(rule.shape, []).append(at)
    gate = re2.Set.SearchSet(options)
    expressions = [*dict.fromkeys((*opens, *shapes))]
    for expression in expressions:
        gate.Add(expression)
    gate.Compile()
    return gate, [opens.get(one, []) for one in expressions], [shapes.get(one, []) for one in expressions]


def _run(rule: Rule, compiled: Any, text: str, raw: bytes) -> Iterator[Hit]:
    group = 1 if compiled.groups else 0
    if rule.wide:
        spans = (match.span(group) for match in compiled.finditer(encodable(text)))
        yield from (hit for span in spans if (hit := _judged(rule, text, *span)) is not None)
        return
    position = 0
    while (match := compiled.search(raw, position)) is not None:
        start, end = match.span(group)
        hit = _judged(rule, text, start, end)
        if hit is not None:
            yield hit
            position = max(hit.end, match.start() + 1)
        else:
            position = match.start() + 1 if rule.retry else max(match.end(), match.start() + 1)


def _judged(rule: Rule, text: str, start: int, end: int) -> Hit | None:
    if rule.apart and start and text[start - 1] in rule.apart:
        return None
    if rule.check is not None:
        end = start + rule.check(text[start:end])
        if end == start:
            return None
    if rule.also is not None and not rule.also.near(text, start, end):
        return None
    score = rule.score
    if rule.proof is not None and rule.proof(text[start:end]):
        score = rule.near
    if rule.unless is not None and rule.unless.near(text, start, end):
        return None
    if rule.context is not None and rule.near > score:
        distance = rule.context.distance(text, start, end)
        if distance is not None:
            score = max(score, round(rule.near - distance * _PER_CHARACTER, 3))
    return Hit(rule, start, end, score) if score > 0 else None
