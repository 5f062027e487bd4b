"""Labelled cases and the scores that the detector gives them."""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.injection.detector import Judged
from llm_gateway.guard.injection.rules import StructuralRules
from llm_gateway.inference.injection import WEIGHTS, injection_model

PROVENANCES = {
    "user": Provenance.USER,
    "tool_result": Provenance.TOOL,
    "document": Provenance.TOOL,
    "tool_definition": Provenance.TOOL_DEFINITION,
    "system": Provenance.USER,
    "output": Provenance.MODEL,
}
"""Operator prompts are not judged by default; a set that labels them is asking, so they count as typed."""


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled text and what was found in it. `milliseconds` is the time of all tiers and views."""

    set: str
    id: str
    source: str
    kind: str
    lang: str
    surface: str
    label: int
    length: int
    score: float
    category: str
    read: int
    milliseconds: float


def read_cases(path: Path) -> Iterator[dict[str, Any]]:
    """The labelled lines of a file, plain or gzipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


class Judge:
    """The detector as shipped, but with a score for texts that it finds nothing in."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._model, self._rules = injection_model(weights), StructuralRules()

    def judge(self, reading: Reading) -> tuple[float, Judged]:
        """The score of the strongest layer, and what the model said."""
        found = self._rules.find(reading) if reading.provenance is not Provenance.OPERATOR else ()
        by_wording = max((finding.score for finding in found), default=0.0)
        judged = self._model.judge(reading)
        return max(by_wording, judged.score), judged


def score(name: str, rows: Iterable[dict[str, Any]], detector: Judge) -> Iterator[Case]:
    """Each row with its score."""
    for number, row in enumerate(rows):
        segment = Segment(("text",), row["text"], PROVENANCES[row.get("surface", "user")])
        begin = perf_counter()
        highest, judged = detector.judge(Reading(segment))
        elapsed = 1000 * (perf_counter() - begin)
        found = judged.assessment
        yield Case(
            set=name,
            id=str(row.get("id", number)),
            source=row.get("source", name),
            kind=row.get("kind", ""),
            lang=row.get("lang", ""),
            surface=row.get("surface", "user"),
            label=int(row["label"]),
            length=len(row["text"]),
            score=highest,
            category=found.category,
            read=found.read,
            milliseconds=elapsed,
        )
