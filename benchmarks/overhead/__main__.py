"""python -m benchmarks.overhead: throughput and latency beside peers, in one run."""

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.harness import report
from benchmarks.harness.load import Void
from benchmarks.harness.processes import NotStarted
from benchmarks.harness.provider import instant_provider
from benchmarks.overhead import peers
from benchmarks.overhead.measure import Figures, Plan, measure
from benchmarks.overhead.servers import SUBJECTS, Place, Subject


def main(  # noqa: PLR0917 typer reads the options from the parameters
    only: Annotated[str, typer.Option(help="Which, by comma: " + ",".join(SUBJECTS))] = ",".join(SUBJECTS),
    concurrency: Annotated[int, typer.Option(help="Connections for the throughput.")] = 32,
    windows: Annotated[int, typer.Option(help="Windows; the median counts.")] = 5,
    seconds: Annotated[float, typer.Option(help="Length of a window.")] = 3.0,
    warm_up: Annotated[float, typer.Option(help="Unmeasured seconds before.")] = 2.0,
    core: Annotated[int, typer.Option(help="The core of the server under test.")] = 0,
    load_core: Annotated[int, typer.Option(help="The core of load generator and provider.")] = 1,
    cache: Annotated[Path | None, typer.Option(help="Where peers are installed.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
) -> None:
    """Measures every server in turn with the same request and an instant provider."""
    plan = Plan(core, load_core, concurrency, windows, seconds, warm_up)
    figures: dict[str, Figures] = {}
    for name in only.split(","):
        try:
            figures[name] = _one(SUBJECTS[name], plan, cache or peers.default_cache())
        except (Void, NotStarted, peers.NotInstalled) as error:
            typer.echo(f"{SUBJECTS[name].name}: no figure: {error}", err=True)
    if not figures:
        raise typer.Exit(1)
    _print(figures, output)
    if len(figures) < len(only.split(",")):
        raise typer.Exit(1)


def _one(subject: Subject, plan: Plan, cache: Path) -> Figures:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with instant_provider(folder, plan.load_core) as provider:
            place = Place(folder, provider.url, plan.core, cache)
            return measure(subject, place, provider, plan)


def _print(figures: dict[str, Figures], output: Path | None) -> None:
    report.show("Overhead, one core", [one.row for one in figures.values()])
    found = _ratios(figures)
    if found:
        report.show("Held to", found)
    rows = {name: {**one.row, "windows": list(one.windows)} for name, one in figures.items()}
    report.save(output, {"machine": report.machine(), "figures": rows, "ratios": found})


def _ratios(figures: dict[str, Figures]) -> list[dict[str, Any]]:
    """The bars of the design, for as many as were measured."""
    bars = []
    off = figures.get("off")
    for peer, least in (("litellm", 40.0), ("portkey", 4.0)):
        if off and peer in figures:
            ratio = off.per_second / figures[peer].per_second
            what = f"throughput, inspection off, times {peer}"
            bars.append({"what": what, "bar": f">= {least:g}", "found": ratio, "met": ratio >= least})
    if off and "relay" in figures:
        ratio = off.p50 / figures["relay"].p50
        what = "p50 at concurrency 1, inspection off, times the bare relay"
        bars.append({"what": what, "bar": "<= 2", "found": ratio, "met": ratio <= 2})
    return bars


if __name__ == "__main__":
    typer.run(main)
