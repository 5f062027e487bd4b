"""What the overview and the log show, and what people note about exchanges."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from llm_gateway.control.actor import Actor
from llm_gateway.control.deps import ControlDeps
from llm_gateway.domain.errors import NotFound
from llm_gateway.domain.record import AuditEvent, Record
from llm_gateway.ports.records import AuditLog, RecordReader
from llm_gateway.ports.traffic import (
    ADDED_BOUNDS,
    Facets,
    Marks,
    RuleHits,
    Sought,
    Stretch,
    Sums,
    TrafficReader,
)

_PUBLISHED: Final = "policy.publish"
_MARKERS = 20


@dataclass(frozen=True, slots=True)
class Range:
    """A choice of the range picker: how far back, and how long each bar is. Seconds."""

    length: int
    step: int


RANGES: Final = {
    "1h": Range(3600, 120),
    "24h": Range(86_400, 1800),
    "7d": Range(7 * 86_400, 14_400),
    "30d": Range(30 * 86_400, 43_200),
}


@dataclass(frozen=True, slots=True)
class Overview:
    """The numbers of a range, beside those of the same length before it. `series` holds a value for
    every step, also where nothing happened."""

    start: float
    end: float
    step: int
    total: Sums
    before: Sums
    series: Sequence[Sums]
    rules: Sequence[RuleHits]
    keys: Sequence[tuple[str, Sums]]
    published: Sequence[AuditEvent]


class Traffic:
    """Reads sums, never all records."""

    def __init__(
        self, deps: ControlDeps, reader: TrafficReader, marks: Marks, records: RecordReader, audit: AuditLog
    ) -> None:
        self._deps = deps
        self._reader = reader
        self._marks = marks
        self._records = records
        self._audit = audit

    async def overview(self, chosen: Range, kid: str | None = None) -> Overview:
        return await asyncio.to_thread(self._overview, chosen, kid)

    async def find(self, sought: Sought, *, limit: int, before: str | None) -> Sequence[Record]:
        return await asyncio.to_thread(self._reader.find, sought, limit=limit, before=before)

    async def facets(self) -> Facets:
        return await asyncio.to_thread(self._reader.facets)

    async def marked(self, record_id: str) -> bool:
        return await asyncio.to_thread(self._marks.marked, record_id)

    async def mark(self, actor: Actor, record_id: str, marked: bool) -> None:
        """Notes that a verdict was wrong, or takes the note back. Raises NotFound."""
        if await asyncio.to_thread(self._records.get, record_id) is None:
            raise NotFound("There is no record with this id.", code="record_not_found", param="record_id")
        event = self._deps.event(actor, "record.mark", record_id, after={"false_positive": marked})
        await asyncio.to_thread(self._marks.mark, record_id, marked, event)

    def _overview(self, chosen: Range, kid: str | None) -> Overview:
        end = (self._deps.clock.now() // chosen.step + 1) * chosen.step
        start = end - chosen.length
        now = Stretch(start, end, chosen.step)
        earlier = Stretch(start - chosen.length, start, chosen.step)
        found = {sums.start: sums for sums in self._reader.series(now, kid)}
        steps = [start + index * chosen.step for index in range(chosen.length // chosen.step)]
        return Overview(
            start=start,
            end=end,
            step=chosen.step,
            total=added_up(list(found.values())),
            before=added_up(self._reader.series(earlier, kid)),
            series=[found.get(step, Sums(start=step)) for step in steps],
            rules=self._reader.rules(now, kid),
            keys=self._reader.by_key(now),
            published=self._published(start),
        )

    def _published(self, start: float) -> Sequence[AuditEvent]:
        recent = self._audit.list(limit=200)
        return [event for event in recent if event.time >= start and event.action == _PUBLISHED][:_MARKERS]


def added_up(parts: Sequence[Sums]) -> Sums:
    """The sum of several stretches."""
    return Sums(
        start=min((part.start for part in parts), default=0.0),
        requests=sum(part.requests for part in parts),
        blocked=sum(part.blocked for part in parts),
        masked=sum(part.masked for part in parts),
        flagged=sum(part.flagged for part in parts),
        failed=sum(part.failed for part in parts),
        input_tokens=sum(part.input_tokens for part in parts),
        output_tokens=sum(part.output_tokens for part in parts),
        cost_usd=sum(part.cost_usd for part in parts),
        last_time=max((part.last_time for part in parts), default=0.0),
        added=tuple(map(sum, zip(*(part.added for part in parts), strict=True))) or Sums().added,
    )


def quantile(added: Sequence[int], share: float) -> float | None:
    """Milliseconds below which `share` of the exchanges lie, read from their classes.

    Within a class the values are taken as evenly spread; above the last bound the bound is given.
    None without exchanges.
    """
    wanted = sum(added) * share
    if not wanted:
        return None
    lower, passed = 0.0, 0
    for count, bound in zip(added, ADDED_BOUNDS, strict=False):
        if count and passed + count >= wanted:
            return lower + (bound - lower) * (wanted - passed) / count
        lower, passed = bound, passed + count
    return lower
