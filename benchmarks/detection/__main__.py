"""`python -m benchmarks.detection FILE...`"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import track

from benchmarks.detection.cases import Case, Judge, read_cases, score
from benchmarks.detection.report import by_length, grouped, summary, table
from llm_gateway.inference.injection import WEIGHTS


def main() -> None:
    options = _options()
    detector = Judge(options.weights)
    cases: list[Case] = []
    for path in options.files:
        rows = list(read_cases(path))
        cases += score(
            path.name.split(".")[0], track(rows, path.name, console=Console(stderr=True)), detector
        )
    if options.scores:
        options.scores.write_text(
            "".join(json.dumps(asdict(case)) + "\n" for case in cases), encoding="utf-8"
        )
    if options.json:
        print(
            json.dumps(
                {name: summary(group) for name, group in grouped(cases, lambda case: case.set).items()}
            )
        )
    else:
        _print(cases)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.detection", description="Figures on labelled files."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder with the weights to measure")
    parser.add_argument("--scores", type=Path, help="write one JSON line per case here")
    parser.add_argument("--json", action="store_true", help="print figures per set as JSON instead of tables")
    return parser.parse_args()


def _print(cases: list[Case]) -> None:
    console = Console(width=190)
    console.print(table("By set", cases, lambda case: case.set))
    console.print(table("By source", cases, lambda case: case.source))
    console.print(table("By kind", cases, lambda case: case.kind))
    console.print(table("By surface", cases, lambda case: case.surface))
    console.print(table("By language", cases, lambda case: case.lang))
    console.print(table("By length in characters", cases, by_length))
    console.print(table("Overall", cases, lambda case: "all"))


if __name__ == "__main__":
    main()
