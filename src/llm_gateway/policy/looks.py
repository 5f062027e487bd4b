"""What a rule can look for by itself, beside the findings of the detectors that ship.

Rules that look at texts (keywords, patterns) are run by a detector that is built for the policy;
rules that look at the exchange (bounds, tools, arguments) by `structure`. Either way a finding has
the rule's id as its category, so that it leads back to this rule and no other.
"""

from dataclasses import dataclass, field
from typing import Any

from llm_gateway.policy.expressions import compiled, encoded
from llm_gateway.policy.json_path import JsonPath
from llm_gateway.policy.names import Names

KEYWORDS, PATTERNS, LIMITS, TOOLS = "keywords", "patterns", "limits", "tools"


@dataclass(frozen=True, slots=True)
class Keywords:
    """Whole words or phrases, without regard to case."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """RE2 expressions of which one matches."""

    expressions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exceeds:
    """Bounds by the name of what they bound: see `structure`."""

    bounds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ToolsOutside:
    """Any tool, offered or called, that is not among these."""

    names: Names


@dataclass(frozen=True, slots=True)
class ToolsChanged:
    """A definition that differs from the one seen first."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A value among the arguments of a call that matches `matches`, or is not wholly `outside`."""

    path: JsonPath
    matches: str | None = None
    outside: str | None = None
    _expression: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_expression", compiled(self.matches or self.outside or ""))

    def speaks_of(self, arguments: Any) -> bool:
        """Whether the arguments are what the rule is about."""
        raw = (encoded(leaf) for leaf in self.path.leaves(arguments))
        if self.matches is not None:
            return any(self._expression.search(leaf) is not None for leaf in raw)
        return any(self._expression.fullmatch(leaf) is None for leaf in raw)


Structural = Exceeds | ToolsOutside | ToolsChanged | Argument
Looks = Keywords | Patterns | Structural
STRUCTURAL = (Exceeds, ToolsOutside, ToolsChanged, Argument)
