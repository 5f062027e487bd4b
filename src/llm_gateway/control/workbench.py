"""What trying a policy needs of the detectors; the data plane has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from llm_gateway.policy import Example, Policy


@dataclass(frozen=True, slots=True)
class Tried:
    """An example with the verdict it got. `rule` decided it, if any did."""

    example: Example
    verdict: str
    rule: str | None

    @property
    def passed(self) -> bool:
        wanted = self.example
        named = wanted.rule is None or wanted.rule == self.rule
        return self.verdict == wanted.expect.word and (named or self.verdict == "allow")


class Workbench(Protocol):
    """Reads and tries policies without letting them hold. All methods block."""

    @property
    def default(self) -> Policy:
        """The policy that holds where no other does."""
        ...

    def read(self, text: str) -> Policy:
        """Raises PolicyError: the document is wrong, or this build cannot do what it says."""
        ...

    def test(self, policy: Policy) -> Sequence[Tried]:
        """Judges the policy's examples. Raises PolicyError."""
        ...

    def milliseconds(self, policy: Policy) -> float:
        """What inspecting a thousand new characters of plain English takes under the policy."""
        ...
