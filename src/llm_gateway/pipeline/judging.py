"""Inspects texts of one exchange under its policy, and counts what that took."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from llm_gateway.domain.errors import Blocked
from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Direction, Segment, Skipped
from llm_gateway.domain.verdict import Action, Verdict
from llm_gateway.guard.inspector import Inspector
from llm_gateway.pipeline.exchange import Exchange, Side
from llm_gateway.pipeline.inspection import Found, Inspection
from llm_gateway.policy import Policy, decide

DEFAULT_MESSAGE = "The content was stopped by the policy of this gateway."


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A policy with the inspectors that find what its rules ask for. Immutable; swapped as a whole."""

    policy: Policy
    inspectors: Mapping[Direction, Inspector]
    detectors: Mapping[Direction, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        needed = {direction: self.policy.detectors(direction) for direction in Direction}
        object.__setattr__(self, "detectors", needed)

    def idle(self, direction: Direction) -> bool:
        """Whether there is nothing to look for."""
        return not self.detectors[direction]


@dataclass(frozen=True, slots=True)
class Judging:
    """One exchange under one rulebook: whatever happens to the policy meanwhile, this one holds."""

    exchange: Exchange
    rulebook: Rulebook
    inspection: Inspection

    async def judge(
        self, direction: Direction, segments: Sequence[Segment], skipped: Sequence[Skipped]
    ) -> Verdict:
        """The verdict over everything in one direction. Raises Blocked and Unavailable."""
        side = self.side(direction)
        side.skip(skipped)
        if self.rulebook.idle(direction):
            side.skip([Skipped(segment.path, "no rules") for segment in segments])
            return self.exchange.verdict
        found = await self.find(direction, segments)
        verdict = decide(self.rulebook.policy, direction, found)
        self.exchange.judge(direction, verdict)
        self.stop_if_blocked(direction, verdict)
        return verdict

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
