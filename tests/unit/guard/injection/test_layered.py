from collections.abc import Iterator

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.injection.layered import Layered

READING = Reading(Segment((), "text", Provenance.USER))


class Layer:
    name = "injection"

    def __init__(self, version: str, *scores: tuple[str, float]) -> None:
        self.version, self._scores = version, scores

    def find(self, reading: Reading) -> Iterator[Finding]:
        for category, score in self._scores:
            yield Finding(self.name, category, score, 0, 4, self.version)


def test_the_strongest_finding_of_each_category_is_reported() -> None:
    """Whichever layer made it."""
    rules, model = (
        Layer("1", ("injection", 0.9), ("jailbreak", 0.4)),
        Layer("2", ("injection", 0.5), ("jailbreak", 0.8)),
    )
    found = {
        finding.category: (finding.score, finding.reason) for finding in Layered([rules, model]).find(READING)
    }

    assert found == {"injection": (0.9, "1"), "jailbreak": (0.8, "2")}


def test_nothing_found_by_any_layer_is_nothing() -> None:
    """An empty result, not an empty finding."""
    assert list(Layered([Layer("1"), Layer("2")]).find(READING)) == []


def test_the_version_changes_with_any_layer() -> None:
    """Cached findings are keyed by it."""
    assert Layered([Layer("1"), Layer("2")]).version != Layered([Layer("1"), Layer("3")]).version
