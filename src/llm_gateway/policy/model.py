"""What a policy is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Direction, Path, Provenance, Segment
from llm_gateway.domain.verdict import Action
from llm_gateway.policy.allow import Allow
from llm_gateway.policy.looks import STRUCTURAL, Looks
from llm_gateway.policy.names import ANY, Names

# Steps of a path below which the arguments of a call stand, in answers and streams of all formats.
_CALL_STEPS = frozenset(
    ("tool_calls", "function_call", "functionCall", "arguments", "partial_json", "input", "args",
     "response.function_call_arguments", "response.mcp_call_arguments", "response.custom_tool_call_input")
)  # fmt: skip


class MaskStyle(StrEnum):
    """How a mask replaces what was found. Only a placeholder is restored in the answer."""

    PLACEHOLDER = "placeholder"
    REDACT = "redact"
    HASH = "hash"
    PARTIAL = "partial"
    SURROGATE = "surrogate"


class Place(NamedTuple):
    """Where the texts being judged stand: the exchange they belong to, and whose tools wrote them.

    `models` are all that a request may reach (fallbacks included), or the one that answered.
    """

    surface: str = ""
    models: tuple[str, ...] = ()
    owners: Mapping[Path, str] = {}

    def tool(self, path: Path) -> str | None:
        """The tool whose text stands at `path`; None for texts of nobody's tool."""
        if not self.owners:
            return None
        for length in range(len(path), 0, -1):
            if (name := self.owners.get(path[:length])) is not None:
                return name
        return None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Empty sets mean "any". `score` is the least score that counts.

    A rule that is not `enforced` is monitored: its hits are recorded and change nothing. With
    `calls_only`, of an answer only the arguments of tool calls count. `looks` is what the rule looks
    for by itself; its findings have the rule's id as their category. `allow` is never a finding.
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
    calls_only: bool = False
    surfaces: Names = ANY
    models: Names = ANY
    tools: Names = ANY
    allow: tuple[Allow, ...] = ()
    looks: Looks | None = None

    @property
    def structural(self) -> bool:
        """Whether the rule is about the exchange rather than about texts."""
        return isinstance(self.looks, STRUCTURAL)

    def reaches(self, direction: Direction) -> bool:
        return not self.directions or direction in self.directions

    def holds_at(self, direction: Direction, place: Place) -> bool:
        """Whether this rule is about such exchanges at all."""
        return (
            self.reaches(direction)
            and (not self.surfaces or self.surfaces.fit(place.surface))
            and (not self.models or any(map(self.models.fit, place.models)))
        )

    def matches(self, segment: Segment, finding: Finding, direction: Direction, place: Place) -> bool:
        """Whether this rule, of the finding's detector and category, speaks about the finding."""
        return (
            finding.score >= self.score
            and (not self.provenances or segment.provenance in self.provenances)
            and (not self.calls_only or direction is Direction.REQUEST or is_call(segment.path))
            and (not self.tools or self.structural or self._owned(segment, place))
            and not (self.allow and self._allows(segment.text[finding.start : finding.end]))
        )

    def _allows(self, found: str) -> bool:
        return any(allow.covers(found) for allow in self.allow)

    def _owned(self, segment: Segment, place: Place) -> bool:
        """Whose call it is may not be known; then the rule holds, rather than be got around."""
        name = place.tool(segment.path)
        return is_call(segment.path) if name is None else self.tools.fit(name)


def is_call(path: Path) -> bool:
    """Whether the text at `path` belongs to a call of a tool."""
    return not _CALL_STEPS.isdisjoint(path)


@dataclass(frozen=True, slots=True)
class Example:
    """A test that the policy brings along. `surface` is a word of `scan`; `line` counts from 1.

    `request` is a whole request body (OpenAI chat) in place of a text.
    """

    expect: Action
    text: str = ""
    surface: str = "user"
    rule: str | None = None
    model: str = ""
    request: Mapping[str, object] | None = None
    line: int = 0


_REMEMBERED = 4_096

Asked = tuple[str, str, Direction, str, tuple[str, ...]]
Index = Mapping[str, tuple[Sequence[Rule], Mapping[str, Sequence[Rule]]]]


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules under a name. `version` changes whenever the rules do; every record names it."""

    name: str
    version: str
    rules: tuple[Rule, ...] = ()
    description: str = ""
    examples: tuple[Example, ...] = ()
    by_id: Mapping[str, Rule] = field(init=False, repr=False, compare=False)
    _index: Index = field(init=False, repr=False, compare=False)
    _asked: dict[Asked, Sequence[Rule]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {rule.id: rule for rule in self.rules})
        object.__setattr__(self, "_index", _indexed(self.rules))
        object.__setattr__(self, "_asked", {})

    @property
    def label(self) -> str:
        """The name with its version, as records keep it."""
        return f"{self.name}@{self.version}"

    def speaking(self, finding: Finding, direction: Direction, place: Place) -> Sequence[Rule]:
        """The rules that may speak about a finding: of its detector and category, and about such exchanges.

        Remembered, since the same few kinds of findings come again and again.
        """
        asked = (finding.detector, finding.category, direction, place.surface, place.models)
        rules = self._asked.get(asked)
        if rules is None:
            anything, named = self._index.get(finding.detector, ((), {}))
            indexed = named.get(finding.category, anything)
            rules = tuple(rule for rule in indexed if rule.holds_at(direction, place))
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            self._asked[asked] = rules
        return rules

    def detectors(self, direction: Direction) -> frozenset[str]:
        """The detectors this policy needs in one direction; no other has to run."""
        return frozenset(rule.detector for rule in self.textual(direction))

    def textual(self, direction: Direction) -> Sequence[Rule]:
        """The rules about texts in one direction."""
        return [rule for rule in self.rules if not rule.structural and rule.reaches(direction)]

    def structural(self, direction: Direction) -> Sequence[Rule]:
        """The rules about the exchange itself in one direction."""
        return [rule for rule in self.rules if rule.structural and rule.reaches(direction)]

    def monitored_beside(self, other: "Policy") -> "Policy":
        """`other` with the rules of this policy added as monitored ones, under ids of their own."""
        added = tuple(_monitored(rule, self.version) for rule in self.rules)
        return Policy(other.name, f"{other.version}+{self.version}", (*other.rules, *added))


def _monitored(rule: Rule, version: str) -> Rule:
    """Own findings carry the rule's id as category, so it changes with the id."""
    name = f"{rule.id}@{version}"
    categories = rule.categories if rule.looks is None else frozenset((name,))
    return replace(rule, id=name, categories=categories, enforced=False)


def _indexed(rules: Sequence[Rule]) -> Index:
    """By detector: the rules for any category, and for each named category those and its own."""
    found: dict[str, tuple[list[Rule], dict[str, list[Rule]]]] = {}
    for rule in rules:
        anything, named = found.setdefault(rule.detector, ([], {}))
        if not rule.categories:
            anything.append(rule)
        for category in rule.categories:
            named.setdefault(category, []).append(rule)
    for anything, named in found.values():
        for category in named:
            named[category] += anything
    return found


NO_POLICY = Policy("none", "0")
