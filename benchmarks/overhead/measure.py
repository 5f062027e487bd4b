"""The method. One server at a time on its core; load generator and provider on another.

Every figure is the median of several windows after a warm-up. The answer is compared with the provider's
once before measuring, and the provider must have served as many requests as were answered: a server
that answers from a cache or from an error page measures nothing.
"""

import json
import statistics
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.harness import bodies, report
from benchmarks.harness.load import Target, Void, Window, window
from benchmarks.harness.provider import ANSWER, InstantProvider
from benchmarks.overhead.servers import Place, Started, Subject

FRESH_BODIES = 40_000
TRIES = 3
LONGEST = 20.0


@dataclass(frozen=True)
class Plan:
    """`core` is the server's; `load_core` is for the load generator and the provider."""

    core: int | None
    load_core: int | None
    concurrency: int
    windows: int
    seconds: float
    warm_up: float


@dataclass(frozen=True)
class Figures:
    """Latencies in milliseconds, at concurrency 1. `spread` is (max - min) / median of the windows."""

    name: str
    version: str
    per_second: float
    spread: float
    p50: float
    p99: float
    memory_mib: float
    load_average: float
    windows: Sequence[float]

    @property
    def row(self) -> dict[str, object]:
        return {key: value for key, value in asdict(self).items() if key != "windows"}


def measure(subject: Subject, place: Place, provider: InstantProvider, plan: Plan) -> Figures:
    """Raises Void when a window failed three times or the answer is not the provider's."""
    with subject.start(place) as started:
        target = _target(subject, started)
        _check(target)
        take = _taker(target, provider, plan, place.folder)
        take(1, plan.warm_up)
        first = take(plan.concurrency, plan.warm_up)
        average = report.load_average()
        seconds = _long_enough(first, plan)
        busy = [take(plan.concurrency, seconds) for _ in range(plan.windows)]
        alone = [take(1, plan.seconds) for _ in range(plan.windows)]
        rates = [one.per_second for one in busy]
        return Figures(
            subject.name,
            started.version,
            statistics.median(rates),
            (max(rates) - min(rates)) / statistics.median(rates),
            statistics.median(one.p50 for one in alone),
            statistics.median(one.p99 for one in alone),
            started.process.resident_mib,
            average,
            rates,
        )


def _long_enough(seen: Window, plan: Plan) -> float:
    """A slow server gets longer windows: each connection is answered ten times in one, if that is
    possible in twenty seconds, so that the edges of a window do not decide."""
    return max(plan.seconds, min(LONGEST, 10 * plan.concurrency / seen.per_second))


def _target(subject: Subject, started: Started) -> Target:
    seeds = range(1, FRESH_BODIES) if subject.fresh else range(1)
    headers = {"Content-Type": "application/json"} | dict(started.headers)
    return Target(started.url, headers, [bodies.body(seed) for seed in seeds])


def _check(target: Target) -> None:
    """The server passes the provider's answer on."""
    request = urllib.request.Request(target.url, target.bodies[0].encode(), dict(target.headers))
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            found = json.load(answer)
    except urllib.error.HTTPError as error:
        raise Void(f"status {error.code}: {error.read()[:300]!r}") from error
    wanted = json.loads(ANSWER)
    if found["choices"][0]["message"]["content"] != wanted["choices"][0]["message"]["content"]:
        raise Void("the answer is not the provider's")


def _taker(
    target: Target, provider: InstantProvider, plan: Plan, folder: Path
) -> Callable[[int, float], Window]:
    def once(concurrency: int, seconds: float) -> Window:
        before = provider.served()
        found = window(target, concurrency=concurrency, seconds=seconds, core=plan.load_core, folder=folder)
        if provider.served() - before < found.requests:
            raise Void("the provider served fewer requests than were answered")
        return found

    def take(concurrency: int, seconds: float) -> Window:
        for _ in range(TRIES - 1):
            try:
                return once(concurrency, seconds)
            except Void:
                continue
        return once(concurrency, seconds)

    return take
