"""Adds records up by stretches of time, so that an overview never reads the records themselves.

Done once per batch and within its transaction: sums and records agree whatever happens.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import apsw

from llm_gateway.domain.record import Outcome, Record
from llm_gateway.ports.traffic import ADDED_BOUNDS

KEPT = {120: 86_400, 1800: 8 * 86_400, 14_400: 60 * 86_400, 43_200: 400 * 86_400}
"""Seconds that sums are kept, by how long a stretch each covers: one for each range of the overview."""

COUNTED = ("requests", "blocked", "masked", "flagged", "failed", "input_tokens", "output_tokens", "cost_usd")
ADDED = (*(f"added_{bound:.0f}" for bound in ADDED_BOUNDS), "added_more")
_ADDITIVE = (*COUNTED, *ADDED)
_COLUMNS = ("span", "bucket", "project", "kid", *_ADDITIVE, "last_time")
_ADD = (
    f"INSERT INTO traffic ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "  # noqa: S608
    f"ON CONFLICT DO UPDATE SET {', '.join(f'{name} = {name} + excluded.{name}' for name in _ADDITIVE)}, "
    "last_time = max(last_time, excluded.last_time)"
)
_ADD_RULE = (
    "INSERT INTO traffic_rules (span, bucket, project, kid, rule, action, hits) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET hits = hits + excluded.hits"
)
_FORGET = (
    "DELETE FROM traffic WHERE span = ? AND bucket < ?",
    "DELETE FROM traffic_rules WHERE span = ? AND bucket < ?",
)
_LARGEST = 2**53 - 1

_VERDICTS = {"block": 1, "mask": 2, "flag": 3}
_FAILED, _INPUT, _OUTPUT, _COST, _FIRST_CLASS = 4, 5, 6, 7, 8
_FINEST = min(KEPT)

_Place = tuple[int, int, str, str]


@dataclass(slots=True)
class _Sum:
    """`values` in the order of the additive columns."""

    values: list[float] = field(default_factory=lambda: [0] * len(_ADDITIVE))
    latest: float = 0.0
    rules: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        values = self.values
        values[0] += 1
        if record.verdict in _VERDICTS:
            values[_VERDICTS[record.verdict]] += 1
        values[_FAILED] += record.outcome is Outcome.FAILED
        values[_INPUT] += record.usage.input
        values[_OUTPUT] += record.usage.output
        values[_COST] += record.cost_usd or 0.0
        added = record.latency.inspection + record.latency.gateway
        values[_FIRST_CLASS + bisect_left(ADDED_BOUNDS, added)] += 1
        self.latest = max(self.latest, record.time)
        for finding in record.findings:
            cause = (finding.rule, finding.action)
            self.rules[cause] = self.rules.get(cause, 0) + 1

    def join(self, other: "_Sum") -> None:
        self.values = [mine + theirs for mine, theirs in zip(self.values, other.values, strict=True)]
        self.latest = max(self.latest, other.latest)
        for cause, hits in other.rules.items():
            self.rules[cause] = self.rules.get(cause, 0) + hits


def add_up(connection: apsw.Connection, records: Iterable[Record]) -> None:
    """Adds the records to the sums. Each record must be given once only."""
    finest: dict[_Place, _Sum] = defaultdict(_Sum)
    for record in records:
        finest[_FINEST, int(record.time // _FINEST) * _FINEST, record.project, record.kid].add(record)
    sums: dict[_Place, _Sum] = defaultdict(_Sum)
    for (_, bucket, project, kid), found in finest.items():
        for span in KEPT:
            sums[span, bucket // span * span, _text(project), _text(kid)].join(found)
    connection.executemany(
        _ADD, [(*place, *map(_fits, one.values), one.latest) for place, one in sums.items()]
    )
    connection.executemany(_ADD_RULE, list(_rule_rows(sums)))
    _forget(connection, sums)


def _rule_rows(sums: Mapping[_Place, _Sum]) -> Iterator[tuple[object, ...]]:
    for place, found in sums.items():
        for (rule, action), hits in found.rules.items():
            yield (*place, _text(rule), _text(action), hits)


def _forget(connection: apsw.Connection, places: Iterable[_Place]) -> None:
    newest = {span: bucket for span, bucket, *_ in sorted(places)}
    for span, bucket in newest.items():
        for statement in _FORGET:
            connection.execute(statement, (span, bucket - KEPT[span]))


def _fits(value: float) -> float:
    """A provider may claim any number of tokens; a sum must not fail for it."""
    return max(-_LARGEST, min(value, _LARGEST))


def _text(value: str) -> str:
    return value.encode(errors="replace").decode()
