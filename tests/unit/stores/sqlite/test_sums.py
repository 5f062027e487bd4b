from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from llm_gateway.domain.record import Latency, Outcome
from llm_gateway.domain.usage import Usage
from llm_gateway.ports.clock import SystemClock
from llm_gateway.ports.traffic import Sought, Stretch
from llm_gateway.stores.sqlite import Database, SqliteRecordStore, migrate
from llm_gateway.stores.sqlite.traffic import SqliteTraffic
from tests.support.values import a_record

DAY = Stretch(0.0, 86_400.0, 1800)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "gateway.db")
    migrate(database, SystemClock())
    yield database
    database.close()


def filled(database: Database) -> SqliteTraffic:
    """Four exchanges: two blocked and one allowed in the first half hour, one masked later."""
    records = [
        a_record("rec_1", time=10.0),
        a_record("rec_2", time=20.0, latency=Latency(600.0, 0.0, 0.0, 600.0)),
        a_record("rec_3", time=30.0, verdict="allow", rule="", findings=(), outcome=Outcome.FAILED),
        a_record("rec_4", time=3600.0, verdict="mask", kid="bbbbbbbbbbbb", cost_usd=0.5, model="other"),
    ]
    SqliteRecordStore(database).insert(records)
    return SqliteTraffic(database)


def test_series_add_up_by_step(database: Database) -> None:
    """Each step holds the counts of its own time, and steps without traffic are left out."""
    first, second = filled(database).series(DAY)

    assert (first.start, first.requests, first.blocked, first.failed) == (0, 3, 2, 1)
    assert (second.start, second.requests, second.masked, second.cost_usd) == (3600, 1, 1, 0.5)
    assert first.added == (0, 2, 0, 0, 0, 0, 0, 0, 0, 1)
    assert first.last_time == 30.0


def test_a_record_counts_once(database: Database) -> None:
    """A replay of records that are stored already changes no sum."""
    traffic = filled(database)
    SqliteRecordStore(database).insert([a_record("rec_1", time=10.0), a_record("rec_1", time=10.0)])

    assert traffic.series(DAY)[0].requests == 3


def test_rules_and_keys(database: Database) -> None:
    """Hits are counted by rule, and sums are told apart by key."""
    traffic = filled(database)

    assert [(hit.rule, hit.hits) for hit in traffic.rules(DAY)] == [("secrets", 3)]
    assert {kid: sums.requests for kid, sums in traffic.by_key(DAY)} == {"aaaaaaaaaaaa": 3, "bbbbbbbbbbbb": 1}
    assert [sums.requests for sums in traffic.series(DAY, "bbbbbbbbbbbb")] == [1]


def test_absurd_numbers_are_kept_within_reach(database: Database) -> None:
    """A provider that claims more tokens than a database can count stops nothing."""
    huge = a_record("rec_9", time=1.0, usage=Usage(10**30, 10**30))
    SqliteRecordStore(database).insert([huge, replace(huge, id="rec_8")])

    assert SqliteTraffic(database).series(DAY)[0].input_tokens == 2**53 - 1


@pytest.mark.parametrize(
    ("sought", "ids"),
    [
        (Sought(), ["rec_4", "rec_3", "rec_2", "rec_1"]),
        (Sought(model="other"), ["rec_4"]),
        (Sought(rule="secrets", verdict="block"), ["rec_2", "rec_1"]),
        (Sought(since=20.0, until=3600.0), ["rec_3", "rec_2"]),
        (Sought(kid="nobody"), []),
        (Sought(model="' OR 1=1 --"), []),
    ],
)
def test_find(database: Database, sought: Sought, ids: list[str]) -> None:
    """Records that fit all filters, newest first."""
    assert [record.id for record in filled(database).find(sought, limit=10)] == ids


def test_pages_of_found_records(database: Database) -> None:
    """A page goes on after the last record of the one before."""
    assert [one.id for one in filled(database).find(Sought(), limit=2, before="rec_3")] == ["rec_2", "rec_1"]


def test_facets(database: Database) -> None:
    """The values that occur, without the empty one."""
    found = filled(database).facets()

    assert (list(found.models), list(found.rules)) == (["gpt-5.5", "other"], ["secrets"])
