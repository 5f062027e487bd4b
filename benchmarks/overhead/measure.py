"""The method. All servers run at once on one core; load generator and provider on another.

Windows go round: each round gives every server one window at full concurrency and one at concurrency 1,
so that whatever else the machine does meets all of them alike. A server without load costs its
neighbours nothing worth mentioning. Figures are medians over the rounds, and ratios are medians of the
ratios within a round.

The answer is compared with the provider's once before measuring, and the provider must have served as
many requests as were answered: a server that answers from a cache or from an error page measures nothing.
"""

import json
import statistics
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.harness import bodies, report
from benchmarks.harness.load import Target, Void, Window, window
from benchmarks.harness.provider import ANSWER, InstantProvider
from benchmarks.overhead.servers import Started, Subject

FRESH_BODIES = 40_000
TRIES = 3
LONGEST = 20.0
LEAST_ANSWERS = 5


@dataclass(frozen=True)
class Plan:
    """`load_core` is for the load generator and the provider. Durations are seconds."""

    load_core: int | None
    concurrency: int
    rounds: int
    seconds: float
    warm_up: float


@dataclass
class Course:
    """One server and its windows, one of each kind for every round."""

    subject: Subject
    started: Started
    target: Target
    provider: InstantProvider
    plan: Plan
    folder: Path
    seconds: float = 0.0
    busy: list[Window] = field(default_factory=list)
    alone: list[Window] = field(default_factory=list)
    load_averages: list[float] = field(default_factory=list)

    def warm_up(self) -> None:
        """A slow server gets longer windows: each connection is answered several times in one, so that
        the edges of a window do not decide."""
        self._take(1, self.plan.warm_up)
        seen = self._take(self.plan.concurrency, self.plan.warm_up)
        enough = LEAST_ANSWERS * self.plan.concurrency / seen.per_second
        self.seconds = max(self.plan.seconds, min(LONGEST, enough))

    def round(self) -> None:
        self.load_averages.append(report.load_average())
        self.busy.append(self._take(self.plan.concurrency, self.seconds))
        self.alone.append(self._take(1, self.plan.seconds))

    def _take(self, concurrency: int, seconds: float) -> Window:
        for _ in range(TRIES - 1):
            try:
                return self._once(concurrency, seconds)
            except Void:
                continue
        return self._once(concurrency, seconds)

    def _once(self, concurrency: int, seconds: float) -> Window:
        before = self.provider.served()
        core = self.plan.load_core
        found = window(self.target, concurrency=concurrency, seconds=seconds, core=core, folder=self.folder)
        if self.provider.served() - before < found.requests:
            raise Void("the provider served fewer requests than were answered")
        return found


def course(subject: Subject, started: Started, provider: InstantProvider, plan: Plan, folder: Path) -> Course:
    """Raises Void when the server does not pass the provider's answer on."""
    seeds = range(1, FRESH_BODIES) if subject.fresh else range(1)
    headers = {"Content-Type": "application/json"} | dict(started.headers)
    target = Target(started.url, headers, [bodies.body(seed) for seed in seeds])
    _check(target)
    return Course(subject, started, target, provider, plan, folder)


def _check(target: Target) -> None:
    request = urllib.request.Request(target.url, target.bodies[0].encode(), dict(target.headers))
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            found = json.load(answer)
    except urllib.error.HTTPError as error:
        raise Void(f"status {error.code}: {error.read()[:300]!r}") from error
    wanted = json.loads(ANSWER)
    if found["choices"][0]["message"]["content"] != wanted["choices"][0]["message"]["content"]:
        raise Void("the answer is not the provider's")


def figures(course: Course) -> dict[str, object]:
    """A row of the table. Latencies are milliseconds at concurrency 1."""
    rates = [one.per_second for one in course.busy]
    middle = statistics.median(rates)
    return {
        "server": course.subject.name,
        "version": course.started.version,
        "req/s": middle,
        "spread": (max(rates) - min(rates)) / middle,
        "p50 ms": statistics.median(one.p50 for one in course.alone),
        "p99 ms": statistics.median(one.p99 for one in course.alone),
        "memory MiB": course.started.process.resident_mib,
        "load": statistics.median(course.load_averages),
    }


def ratios(courses: Mapping[str, Course]) -> list[dict[str, object]]:
    """The bars of the design, for as many servers as were measured."""
    found = []
    off = courses.get("off")
    for peer, least in (("litellm", 40.0), ("portkey", 4.0)):
        if off and peer in courses:
            ratio = _median_ratio(
                [one.per_second for one in off.busy], [one.per_second for one in courses[peer].busy]
            )
            what = f"throughput, inspection off, times {peer}"
            found.append({"what": what, "bar": f">= {least:g}", "found": ratio, "met": ratio >= least})
    if off and "relay" in courses:
        ratio = _median_ratio([one.p50 for one in off.alone], [one.p50 for one in courses["relay"].alone])
        what = "p50 at concurrency 1, inspection off, times the bare relay"
        found.append({"what": what, "bar": "<= 2", "found": ratio, "met": ratio <= 2})
    return found


def _median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
