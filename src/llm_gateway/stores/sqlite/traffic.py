"""Traffic in numbers, from the sums that are kept beside the records."""

from collections.abc import Sequence
from typing import Any

import apsw

from llm_gateway.domain.record import AuditEvent, Record
from llm_gateway.ports.traffic import Facets, RuleHits, Sought, Stretch, Sums
from llm_gateway.stores.record_json import record_from
from llm_gateway.stores.sqlite.audit import insert_event
from llm_gateway.stores.sqlite.database import Database
from llm_gateway.stores.sqlite.sums import ADDED, COUNTED

_SUMS = ", ".join(
    (*(f"sum({name})" for name in COUNTED), "max(last_time)", *(f"sum({name})" for name in ADDED))
)
_WITHIN = "span = ? AND bucket >= ? AND bucket < ?"


class SqliteTraffic:
    """Implements ports.TrafficReader and ports.Marks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def series(self, stretch: Stretch, kid: str | None = None) -> Sequence[Sums]:
        where, values = _where(stretch, kid)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT bucket, {_SUMS} FROM traffic WHERE {where} "  # noqa: S608
                "GROUP BY bucket ORDER BY bucket",
                values,
            )
            return [_sums(row[0], row[1:]) for row in rows]

    def by_key(self, stretch: Stretch) -> Sequence[tuple[str, Sums]]:
        where, values = _where(stretch, None)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT kid, {_SUMS} FROM traffic WHERE {where} GROUP BY kid",  # noqa: S608
                values,
            )
            return [(row[0], _sums(stretch.start, row[1:])) for row in rows]

    def rules(self, stretch: Stretch, kid: str | None = None) -> Sequence[RuleHits]:
        where, values = _where(stretch, kid)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT rule, action, sum(hits) AS hits FROM traffic_rules WHERE {where} "  # noqa: S608
                "GROUP BY rule, action ORDER BY hits DESC LIMIT 100",
                values,
            )
            return [RuleHits(*row) for row in rows]

    def find(self, sought: Sought, *, limit: int, before: str | None = None) -> Sequence[Record]:
        given = {
            "id < ?": before,
            "kid = ?": sought.kid,
            "verdict = ?": sought.verdict,
            "model = ?": sought.model,
            "rule = ?": sought.rule,
            "time >= ?": sought.since,
            "time < ?": sought.until,
        }
        chosen = {condition: value for condition, value in given.items() if value is not None}
        where = f"WHERE {' AND '.join(chosen)}" if chosen else ""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT document FROM records {where} ORDER BY id DESC LIMIT ?",  # noqa: S608
                (*chosen.values(), limit),
            )
            return [record_from(document) for (document,) in rows]

    def facets(self, *, limit: int = 200) -> Facets:
        with self._database.reading() as connection:
            return Facets(
                models=_distinct(connection, "model", limit), rules=_distinct(connection, "rule", limit)
            )

    def marked(self, record_id: str) -> bool:
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT 1 FROM record_marks WHERE record_id = ?", (record_id,)
            ).fetchone()
            return row is not None

    def mark(self, record_id: str, marked: bool, event: AuditEvent) -> None:
        with self._database.writing() as connection:
            connection.execute("DELETE FROM record_marks WHERE record_id = ?", (record_id,))
            if marked:
                connection.execute(
                    "INSERT INTO record_marks VALUES (?, 'false_positive', ?, ?)",
                    (record_id, event.actor, event.time),
                )
            insert_event(connection, event)


def _where(stretch: Stretch, kid: str | None) -> tuple[str, tuple[Any, ...]]:
    values: tuple[Any, ...] = (stretch.span, stretch.start, stretch.end)
    return (_WITHIN, values) if kid is None else (f"{_WITHIN} AND kid = ?", (*values, kid))


def _sums(start: float, row: Sequence[Any]) -> Sums:
    counted = dict(zip(COUNTED, row, strict=False))
    last, *added = row[len(COUNTED) :]
    return Sums(start=start, last_time=last, added=tuple(added), **counted)


def _distinct(connection: apsw.Connection, column: str, limit: int) -> list[str]:
    """The values of an indexed column, by one seek for each instead of a walk over all rows."""
    found = connection.execute(
        f"WITH RECURSIVE seen (value) AS (SELECT min({column}) FROM records UNION ALL "  # noqa: S608
        f"SELECT (SELECT min({column}) FROM records WHERE {column} > seen.value) FROM seen "
        "WHERE seen.value IS NOT NULL LIMIT ?) SELECT value FROM seen WHERE value <> ''",
        (limit + 1,),
    )
    return [value for (value,) in found][:limit]
