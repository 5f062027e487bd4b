"""What a policy decides."""

from dataclasses import dataclass
from enum import IntEnum

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Segment


class Action(IntEnum):
    """Ordered by severity: the verdict of an exchange is the highest action of its findings."""

    ALLOW = 0
    FLAG = 1
    MASK = 2
    BLOCK = 3

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding that a rule turned into an action, in the segment where it was found."""

    segment: Segment
    finding: Finding
    action: Action
    rule: str
    monitored: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision over a set of segments, with the rule and the reason that decided."""

    action: Action
    rule: str | None = None
    reason: str = ""
    message: str = ""
    risk_score: float = 0.0
    hits: tuple[Hit, ...] = ()
    policy: str = ""

    @property
    def is_safe(self) -> bool:
        return self.action is not Action.BLOCK


ALLOWED = Verdict(Action.ALLOW)
