"""Several detectors under the one name that policies know."""

from collections.abc import Iterator, Sequence

from llm_gateway.domain.finding import Finding
from llm_gateway.guard.detector import Detector, Reading


class Layered:
    """Reports for each category the strongest finding of any layer: rules by wording, then the model.

    A layer that is sure makes the finding; one that is not does not weaken another's.
    """

    name = "injection"

    def __init__(self, layers: Sequence[Detector]) -> None:
        self._layers = tuple(layers)

    @property
    def version(self) -> str:
        return "+".join(layer.version for layer in self._layers)

    def find(self, reading: Reading) -> Iterator[Finding]:
        """At most one finding per category."""
        strongest: dict[str, Finding] = {}
        for layer in self._layers:
            for finding in layer.find(reading):
                known = strongest.get(finding.category)
                if known is None or finding.score > known.score:
                    strongest[finding.category] = finding
        yield from strongest.values()
