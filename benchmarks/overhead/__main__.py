"""python -m benchmarks.overhead: throughput and latency beside peers, in one run."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.harness import report
from benchmarks.harness.load import Void
from benchmarks.harness.processes import NotStarted
from benchmarks.harness.provider import instant_provider
from benchmarks.overhead import peers
from benchmarks.overhead.measure import Course, Plan, course, figures, ratios
from benchmarks.overhead.servers import SUBJECTS, Place


def main(  # noqa: PLR0917 typer reads the options from the parameters
    only: Annotated[str, typer.Option(help="Which, by comma: " + ",".join(SUBJECTS))] = ",".join(SUBJECTS),
    concurrency: Annotated[int, typer.Option(help="Connections for the throughput.")] = 32,
    rounds: Annotated[int, typer.Option(help="Rounds; the median counts.")] = 5,
    seconds: Annotated[float, typer.Option(help="Length of a window.")] = 2.0,
    warm_up: Annotated[float, typer.Option(help="Unmeasured seconds before, twice.")] = 3.0,
    core: Annotated[int, typer.Option(help="The core of the servers under test.")] = 0,
    load_core: Annotated[int, typer.Option(help="The core of load generator and provider.")] = 1,
    cache: Annotated[Path | None, typer.Option(help="Where peers are installed.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Measures every server with the same request and an instant provider.

    Exit status 1 when a server gave no figure or a bar was missed.
    """
    plan = Plan(load_core, concurrency, rounds, seconds, warm_up)
    names = only.split(",")
    with ExitStack() as stack:
        found = _started(stack, names, plan, core, cache or peers.default_cache())
        for _ in range(rounds):
            for one in found.values():
                one.round()
        rows, bars = [figures(one) for one in found.values()], ratios(found)
        windows = {name: [one.per_second for one in found[name].busy] for name in found}
    if rows:
        report.show("Overhead, one core", rows)
    if bars:
        report.show("Held to", bars)
    report.save(output, {"machine": report.machine(), "figures": rows, "windows": windows, "bars": bars})
    if len(rows) < len(names) or not all(bar["met"] for bar in bars):
        raise typer.Exit(1)


def _started(stack: ExitStack, names: list[str], plan: Plan, core: int, cache: Path) -> dict[str, Course]:
    """Every server that can be had, running and warm, each with a folder of its own."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    provider = stack.enter_context(instant_provider(folder, plan.load_core))
    found = {}
    for name in names:
        own = folder / name
        own.mkdir()
        try:
            started = stack.enter_context(SUBJECTS[name].start(Place(own, provider.url, core, cache)))
            made = course(SUBJECTS[name], started, provider, plan, own)
            made.warm_up()
        except (Void, NotStarted, peers.NotInstalled) as error:
            typer.echo(f"{SUBJECTS[name].name}: no figure: {error}", err=True)
        else:
            found[name] = made
    return found


if __name__ == "__main__":
    typer.run(main)
