"""What every record store promises."""

import pytest

from llm_gateway.domain.record import Coverage, Outcome, Record
from llm_gateway.domain.usage import Usage
from tests.contract.conftest import Stores
from tests.support.values import NOW, a_record

HOSTILE = ["'; DROP TABLE records; --", '"', "%", "a\x00b", "' OR 1=1 --", "\U0001f511"]


def ids(records: object) -> list[str]:
    return [record.id for record in records if isinstance(record, Record)]  # type: ignore[attr-defined]


def test_a_record_comes_back_as_it_was(stores: Stores) -> None:
    """Every field survives, also the nested ones."""
    stores.records.insert([a_record()])

    assert stores.records.get("rec_1") == a_record()
    assert stores.records.get("rec_2") is None


def test_a_record_without_findings_comes_back_as_it_was(stores: Stores) -> None:
    """Empty parts stay empty."""
    plain = a_record(findings=(), request=Coverage(), usage=Usage(), cost_usd=0.25, outcome=Outcome.ANSWERED)
    stores.records.insert([plain])

    assert stores.records.get("rec_1") == plain


def test_a_replay_makes_no_duplicates(stores: Stores) -> None:
    """Inserting a record again changes nothing, and the new ones beside it are kept."""
    stores.records.insert([a_record("rec_1")])
    stores.records.insert([a_record("rec_1", reason="other"), a_record("rec_2")])

    assert ids(stores.records.list()) == ["rec_2", "rec_1"]
    assert stores.records.get("rec_1") == a_record("rec_1")


def test_pages_cover_all_records_once(stores: Stores) -> None:
    """Paging newest first visits every record once."""
    wanted = [f"rec_{number:03}" for number in range(10)]
    stores.records.insert([a_record(record_id) for record_id in wanted])

    seen: list[str] = []
    while page := ids(stores.records.list(limit=4, before=seen[-1] if seen else None)):
        seen += page
    assert seen == wanted[::-1]


def test_filters_are_combined(stores: Stores) -> None:
    """Key and verdict narrow the list together, and paging goes on within it."""
    stores.records.insert(
        [
            a_record(f"rec_{number}", kid=kid, verdict=verdict)
            for number, (kid, verdict) in enumerate([("k1", "allow"), ("k1", "block"), ("k2", "block")] * 2)
        ]
    )

    assert ids(stores.records.list(kid="k1", verdict="block")) == ["rec_4", "rec_1"]
    assert ids(stores.records.list(verdict="block", before="rec_4")) == ["rec_2", "rec_1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_filters_are_data(stores: Stores, text: str) -> None:
    """Whatever is asked for, only equal values match."""
    stores.records.insert([a_record("rec_1"), a_record("rec_2", kid=text, verdict=text)])

    assert ids(stores.records.list(kid=text)) == ["rec_2"]
    assert ids(stores.records.list(verdict=text)) == ["rec_2"]
    assert stores.records.get(text) is None


@pytest.mark.parametrize(
    "record",
    [
        a_record(requested_model="\ud800"),
        a_record(kid="\ud800"),
        a_record(usage=Usage(10**30, -(10**30))),
        a_record(reason="a\x00b"),
        a_record(request=Coverage(skipped={"\ud800": 1})),
    ],
)
def test_strange_contents_never_cost_a_batch(stores: Stores, record: Record) -> None:
    """A record with half characters or giant numbers in it is kept, and so are its neighbours."""
    stores.records.insert([a_record("rec_0"), record])

    assert ids(stores.records.list()) == ["rec_1", "rec_0"]


def test_deletion_takes_the_oldest_in_batches(stores: Stores) -> None:
    """Only records before the time go, at most `limit` at once."""
    stores.records.insert([a_record(f"rec_{number}", time=NOW + number) for number in range(6)])

    assert stores.records.delete_before(NOW + 4, limit=3) == 3
    assert stores.records.delete_before(NOW + 4, limit=3) == 1
    assert stores.records.delete_before(NOW + 4, limit=3) == 0
    assert ids(stores.records.list()) == ["rec_5", "rec_4"]


def test_an_empty_batch_is_fine(stores: Stores) -> None:
    """Nothing to insert is nothing to do."""
    stores.records.insert([])

    assert list(stores.records.list()) == []
