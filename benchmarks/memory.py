"""python -m benchmarks.memory: whether memory stays flat over many requests.

Every request has a text that was never seen; the cache of findings is made small, so that it is full
before the measured part begins and its own growth is not mistaken for a leak.
"""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.harness import bodies, report
from benchmarks.harness.client import Client
from benchmarks.harness.gateway import gateway
from benchmarks.harness.provider import instant_provider

BAR_KIB_PER_THOUSAND = 100.0
CACHE_ENTRIES = "1000"


def main(
    requests: Annotated[int, typer.Option(help="Measured requests.")] = 10_000,
    warm_up: Annotated[int, typer.Option(help="Requests before.")] = 3_000,
    step: Annotated[int, typer.Option(help="Requests between two readings.")] = 1_000,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Measures the growth of resident memory; exit status 1 when it is not flat."""
    readings = _readings(requests, warm_up, step)
    slope = _slope(readings) * 1024 * 1000 / step
    row = {
        "what": "growth, KiB per 1,000 requests",
        "found": slope,
        "bar": f"<= {BAR_KIB_PER_THOUSAND:g}",
        "met": slope <= BAR_KIB_PER_THOUSAND,
        "first, MiB": readings[0],
        "last, MiB": readings[-1],
    }
    report.show(f"Memory over {requests:,} requests", [row])
    report.save(output, {"machine": report.machine(), "readings_mib": readings, "bars": [row]})
    if not row["met"]:
        raise typer.Exit(1)


def _readings(requests: int, warm_up: int, step: int) -> list[float]:
    """Resident MiB after the warm-up and after every step."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        provider = stack.enter_context(instant_provider(folder, None))
        env = {"LLM_GATEWAY_FINDING_CACHE_ENTRIES": CACHE_ENTRIES}
        made = stack.enter_context(gateway(folder, provider.url, env=env))
        client = stack.enter_context(Client(made))
        found = []
        for seed in range(warm_up + requests):
            if seed >= warm_up and (seed - warm_up) % step == 0:
                found.append(made.process.resident_mib)
            client.post(bodies.body(seed))
        return [*found, made.process.resident_mib]


def _slope(readings: Sequence[float]) -> float:
    """Of the straight line nearest to the readings, per reading."""
    middle = (len(readings) - 1) / 2
    mean = sum(readings) / len(readings)
    weight = sum((index - middle) ** 2 for index in range(len(readings)))
    return sum((index - middle) * (value - mean) for index, value in enumerate(readings)) / weight


if __name__ == "__main__":
    typer.run(main)
