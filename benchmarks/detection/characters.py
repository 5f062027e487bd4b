"""Attacks under the character disguises of arXiv 2504.11168: how many that were found get through.

`python -m benchmarks.detection.characters FILE... [--count 200]`
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.detection.cases import PROVENANCES, Judge, read_cases
from llm_gateway.domain.text import Segment
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.injection.calibration import SHIPPED
from llm_gateway.inference.injection import WEIGHTS
from training.characters import ATTACKS

LONGEST = 1000
"""Characters of an attack that is disguised; the disguise multiplies them."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection.characters", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--count", type=int, default=200, help="attacks, and clean texts, that are disguised")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    detector, random = Judge(options.weights), Random(11)
    rows = [row for path in options.files for row in read_cases(path) if len(row["text"]) <= LONGEST]
    attacks = _found(random.sample(_segments(rows, 1), options.count * 2), detector)[: options.count]
    clean = random.sample(_segments(rows, 0), options.count)
    Console(width=120).print(_table(attacks, clean, detector))


def _segments(rows: Sequence[dict[str, Any]], label: int) -> list[Segment]:
    """Rows in Latin letters, which is what the disguises change."""
    return [
        Segment(("text",), row["text"], PROVENANCES[row.get("surface", "user")])
        for row in rows
        if row["label"] == label and row.get("lang", "en") == "en"
    ]


def _found(segments: Sequence[Segment], detector: Judge) -> list[Segment]:
    return [one for one in segments if detector.judge(Reading(one))[0] >= SHIPPED]


def _table(attacks: Sequence[Segment], clean: Sequence[Segment], detector: Judge) -> Table:
    table = Table(
        "attack", "succeeds %", "clean flagged %", title=f"{len(attacks)} attacks found undisguised"
    )
    successes = []
    for name, disguise in track(ATTACKS.items(), "disguising", console=Console(stderr=True)):
        missed, flagged = (
            [_judged(one, disguise(one.text, Random(index)), detector) for index, one in enumerate(group)]
            for group in (attacks, clean)
        )
        successes.append(1 - sum(missed) / len(missed))
        table.add_row(name, f"{100 * successes[-1]:.1f}", f"{100 * sum(flagged) / len(flagged):.1f}")
    table.add_row("average", f"{100 * sum(successes) / len(successes):.1f}", "", style="bold")
    return table


def _judged(segment: Segment, text: str, detector: Judge) -> bool:
    return detector.judge(Reading(segment._replace(text=text)))[0] >= SHIPPED


if __name__ == "__main__":
    main()
