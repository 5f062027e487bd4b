"""What tier 2 has to offer. The implementation runs a model and lives outside this room."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Probabilities(NamedTuple):
    """How likely each class is; the four add up to one."""

    benign: float
    injection: float
    jailbreak: float
    harmful_request: float

    @property
    def attack(self) -> float:
        return self.injection + self.jailbreak


class Encoder(Protocol):
    """Gives class probabilities to windows of text.

    `third_party` is true for text that the user did not type: tool results, documents, tool
    definitions. A window of any length is read to its end, whatever it costs.
    """

    def classify(self, windows: Sequence[str], third_party: bool) -> list[Probabilities]: ...
