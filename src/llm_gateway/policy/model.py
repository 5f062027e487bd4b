"""What a policy is."""

from dataclasses import dataclass
from enum import StrEnum

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Direction, Provenance, Segment
from llm_gateway.domain.verdict import Action


class MaskStyle(StrEnum):
    """How a mask replaces what was found. Only a placeholder is restored in the answer."""

    PLACEHOLDER = "placeholder"
    REDACT = "redact"
    HASH = "hash"
    PARTIAL = "partial"
    SURROGATE = "surrogate"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Empty sets mean "any". `score` is the least score that counts.

    A rule that is not `enforced` is monitored: its hits are recorded and change nothing.
    """

    id: str
    detector: str
    action: Action
    categories: frozenset[str] = frozenset()
    provenances: frozenset[Provenance] = frozenset()
    directions: frozenset[Direction] = frozenset()
    score: float = 0.0
    style: MaskStyle = MaskStyle.PLACEHOLDER
    enforced: bool = True
    message: str = ""

    def matches(self, segment: Segment, finding: Finding, direction: Direction) -> bool:
        """Whether this rule speaks about the finding."""
        return (
            finding.detector == self.detector
            and finding.score >= self.score
            and (not self.categories or finding.category in self.categories)
            and (not self.provenances or segment.provenance in self.provenances)
            and (not self.directions or direction in self.directions)
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules under a name. `version` changes whenever the rules do; every record names it."""

    name: str
    version: str
    rules: tuple[Rule, ...] = ()

    @property
    def label(self) -> str:
        """The name with its version, as records keep it."""
        return f"{self.name}@{self.version}"

    def detectors(self, direction: Direction) -> frozenset[str]:
        """The detectors this policy needs in one direction; no other has to run."""
        return frozenset(
            rule.detector for rule in self.rules if not rule.directions or direction in rule.directions
        )


NO_POLICY = Policy("none", "0")
