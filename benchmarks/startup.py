"""python -m benchmarks.startup: from the start of the process to its first answered request, and its memory.

The data directory and a key exist already, as on every start but the first. The first answer has been
inspected: with models this includes loading them.
"""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.harness import bodies, report
from benchmarks.harness.client import Client
from benchmarks.harness.gateway import Gateway, make_key, serving
from benchmarks.harness.provider import instant_provider

BAR_SECONDS = 3.0
BAR_MIB = 350.0
SETTLING_REQUESTS = 100


def main(
    starts: Annotated[int, typer.Option(help="How many starts; the median counts.")] = 5,
    core: Annotated[int | None, typer.Option(help="The core of the gateway. Default: any.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Measures cold starts of the gateway; exit status 1 when a bar is missed."""
    average = report.load_average()
    with tempfile.TemporaryDirectory() as name, instant_provider(Path(name), None) as provider:
        folder = Path(name)
        key = make_key(folder / "data", provider.url)
        found = [_start(folder, key, core) for _ in range(starts)]
    seconds = statistics.median(one[0] for one in found)
    memory = statistics.median(one[1] for one in found)
    rows = [
        {
            "what": "start to first answer, s",
            "found": seconds,
            "bar": f"<= {BAR_SECONDS:g}",
            "met": seconds <= BAR_SECONDS,
        },
        {"what": "resident memory, MiB", "found": memory, "bar": f"<= {BAR_MIB:g}", "met": memory <= BAR_MIB},
    ]
    report.show(f"Cold start, median of {starts} (load average {average})", rows)
    report.save(
        output,
        {"machine": report.machine(), "load_average": average, "starts": found, "bars": rows},
    )
    if not all(row["met"] for row in rows):
        raise typer.Exit(1)


def _start(folder: Path, key: str, core: int | None) -> tuple[float, float]:
    """Seconds to the first answer; MiB after some more."""
    started = time.perf_counter()
    with serving(folder, core=core) as process:
        with Client(Gateway(process, key)) as client:
            client.post(bodies.body(0))
            seconds = time.perf_counter() - started
            for seed in range(SETTLING_REQUESTS):
                client.post(bodies.body(seed))
        return seconds, process.resident_mib


if __name__ == "__main__":
    typer.run(main)
