"""Inspects texts of one exchange under its policy, and counts what that took."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from llm_gateway.domain.errors import Blocked
from llm_gateway.domain.facts import NO_FACTS, Facts
from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Direction, Segment, SegmentKind, Skipped
from llm_gateway.domain.verdict import ALLOWED, Action, Verdict
from llm_gateway.guard.inspector import Inspector
from llm_gateway.pipeline.exchange import Exchange, Side
from llm_gateway.pipeline.inspection import Found, Inspection
from llm_gateway.pipeline.tools import changed_tools
from llm_gateway.policy import Place, Policy, Rule, decide, structure
from llm_gateway.policy.looks import Argument, ToolsChanged
from llm_gateway.ports.pins import MemoryPins, Pins
from llm_gateway.wire.facts import answer_facts, request_facts
from llm_gateway.wire.format import Labelling

_UNREAD = Skipped((), "no rules")
DEFAULT_MESSAGE = "The content was stopped by the policy of this gateway."


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A policy with the inspectors that find what its rules ask for. Immutable; swapped as a whole."""

    policy: Policy
    inspectors: Mapping[Direction, Inspector]
    detectors: Mapping[Direction, frozenset[str]] = field(init=False)
    structural: Mapping[Direction, Sequence[Rule]] = field(init=False)
    _watched: frozenset[Direction] = field(init=False)

    def __post_init__(self) -> None:
        needed = {direction: self.policy.detectors(direction) for direction in Direction}
        structural = {direction: tuple(self.policy.structural(direction)) for direction in Direction}
        object.__setattr__(self, "detectors", needed)
        object.__setattr__(self, "structural", structural)
        watched = {
            one
            for rule in self.policy.rules
            if rule.structural or rule.tools
            for one in Direction
            if rule.reaches(one)
        }
        object.__setattr__(self, "_watched", frozenset(watched))

    def idle(self, direction: Direction) -> bool:
        """Whether there is nothing to look for."""
        return not self.detectors[direction] and not self.structural[direction]

    def watches_tools(self, direction: Direction) -> bool:
        """Whether it matters which tools are offered and called."""
        return direction in self._watched

    def reads_arguments(self, direction: Direction) -> bool:
        """Whether the arguments of a call must be whole before they can be judged."""
        return any(isinstance(rule.looks, Argument) for rule in self.structural[direction])

    @property
    def pins_tools(self) -> bool:
        """Whether definitions are compared with those that were seen first."""
        return any(isinstance(rule.looks, ToolsChanged) for rule in self.structural[Direction.REQUEST])


@dataclass(frozen=True, slots=True)
class Judging:
    """One exchange under one rulebook: whatever happens to the policy meanwhile, this one holds."""

    exchange: Exchange
    rulebook: Rulebook
    inspection: Inspection
    pins: Pins = field(default_factory=MemoryPins)

    async def judge(self, direction: Direction, labels: Labelling, body: Any = None) -> Verdict:
        """The verdict over everything in one direction. Raises Blocked and Unavailable.

        `body` is what the labels were read from, for rules about the exchange as a whole. Where no
        rule looks, the body is not even labelled, and the record says so.
        """
        side = self.side(direction)
        if self.rulebook.idle(direction):
            side.skip((_UNREAD,))
            return ALLOWED
        segments = labels.segments
        side.skip(labels.skipped)
        facts = self._facts(direction, body)
        found = await self.find(direction, segments) if self.rulebook.detectors[direction] else []
        found += await self.structure(direction, facts, segments)
        verdict = self.decide(direction, found, facts)
        self.stop_if_blocked(direction, verdict)
        return verdict

    def decide(self, direction: Direction, found: Found, facts: Facts = NO_FACTS) -> Verdict:
        """The policy's verdict over findings, which the exchange takes into account."""
        exchange = self.exchange
        models = exchange.models if direction is Direction.REQUEST else (exchange.model,)
        place = Place(exchange.incoming.format.surface, models, facts.owners)
        verdict = decide(self.rulebook.policy, direction, found, place)
        exchange.judge(direction, verdict)
        return verdict

    def _facts(self, direction: Direction, body: Any) -> Facts:
        if not self.rulebook.watches_tools(direction):
            return NO_FACTS
        return request_facts(body) if direction is Direction.REQUEST else answer_facts(body)

    async def structure(self, direction: Direction, facts: Facts, segments: Sequence[Segment] = ()) -> Found:
        """What rules about the exchange find in the facts of one direction."""
        rules = self.rulebook.structural[direction]
        if not rules:
            return []
        with self._timed():
            characters = sum(len(one.text) for one in segments if one.kind is SegmentKind.TEXT)
            pinned = direction is Direction.REQUEST and self.rulebook.pins_tools and facts.tools
            changed = await changed_tools(self.pins, self._scope, facts) if pinned else {}
            return list(structure(rules, facts, characters, changed))

    @property
    def _scope(self) -> str:
        return self.exchange.key.kid if self.exchange.key else ""

    async def find(self, direction: Direction, segments: Sequence[Segment]) -> Found:
        """Findings only; the time counts as inspection."""
        with self._timed():
            inspected = await self.inspection.inspect(self.rulebook.inspectors[direction], segments)
        self.side(direction).add(inspected)
        return inspected.found

    async def find_once(self, direction: Direction, segment: Segment) -> Sequence[Finding]:
        """Findings in a text that will not come again: a window of a streamed answer."""
        with self._timed():
            return await self.inspection.once(self.rulebook.inspectors[direction], segment)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        start = self.exchange.clock.ticks()
        try:
            yield
        finally:
            self.exchange.inspection += self.exchange.clock.ticks() - start

    def side(self, direction: Direction) -> Side:
        return self.exchange.request if direction is Direction.REQUEST else self.exchange.answer

    def stop_if_blocked(self, direction: Direction, verdict: Verdict) -> None:
        """Raises Blocked for a blocking verdict. The message names rule, stage and request."""
        if verdict.action is Action.BLOCK:
            stage = direction.value
            text = verdict.message or DEFAULT_MESSAGE
            raise Blocked(
                f"{text} (rule {verdict.rule}, {stage}, request {self.exchange.id})",
                verdict=verdict,
                stage=stage,
            )
