import pytest

from tests.support.values import a_record
from tests.unit.web.admin.conftest import Desk

RECORDS = "/api/dashboard/records"


def test_a_record_as_it_is_told(desk: Desk) -> None:
    """A record's parts are objects with names, and none of them holds text of the exchange."""
    desk.office.records.insert([a_record()])
    shown = desk.admin.get(f"{RECORDS}/rec_1").json()

    assert shown["usage"] == {"input": 10, "output": 0, "cached": 4, "reasoning": 0}
    assert shown["request"] == {"segments": 3, "cached": 1, "characters": 120, "skipped": {"identifier": 2}}
    assert shown["latency"] == {"inspection": 1.5, "gateway": 0.25, "provider": 0.0, "total": 1.75}
    assert shown["findings"][0]["path"] == "messages[0].content"
    assert shown["outcome"] == "blocked"
    assert desk.admin.get(RECORDS).json() == {"data": [shown], "next": None}


def test_records_are_paged_and_filtered(desk: Desk) -> None:
    """`next` leads on within the filter and ends."""
    desk.office.records.insert(
        [a_record(f"rec_{number}", verdict=["allow", "block"][number % 2]) for number in range(9)]
    )
    seen: list[str] = []
    before: str | None = ""
    while before is not None:
        query = {"limit": "2", "verdict": "block"} | ({"before": before} if before else {})
        page = desk.admin.get(RECORDS, params=query).json()
        seen += [record["id"] for record in page["data"]]
        before = page["next"]

    assert seen == ["rec_7", "rec_5", "rec_3", "rec_1"]


def test_records_of_one_key(desk: Desk) -> None:
    """The filter by key shows that key's records only."""
    desk.office.records.insert([a_record("rec_1"), a_record("rec_2", kid="bbbbbbbbbbbb")])
    found = desk.admin.get(RECORDS, params={"kid": "bbbbbbbbbbbb"}).json()["data"]

    assert [record["id"] for record in found] == ["rec_2"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "before=%27", "before=%25", "kid=%27+OR+1=1", "verdict=loud", "kid=%00"]
)
def test_odd_queries(shared: Desk, query: str) -> None:
    """What is no filter is refused rather than ignored."""
    assert shared.admin.get(f"{RECORDS}?{query}").status_code == 400


@pytest.mark.parametrize("record_id", ["rec_9", "%27", "%00", "%F0%9F%94%91", "a" * 65, "%ff"])
def test_unknown_records(shared: Desk, record_id: str) -> None:
    """An id that names no record is a 404, whatever it looks like."""
    assert shared.admin.get(f"{RECORDS}/{record_id}").status_code == 404


def test_audit_events(desk: Desk) -> None:
    """Acts are listed newest first, page by page, with who did them and from where."""
    kid = desk.create(name="one")["kid"]
    desk.office.clock.move(1)
    desk.admin.patch(f"/api/dashboard/api-keys/{kid}", json={"name": "two"})
    first = desk.admin.get("/api/dashboard/audit", params={"limit": 1}).json()
    second = desk.admin.get("/api/dashboard/audit", params={"limit": 1, "before": first["next"]}).json()

    event = first["data"][0]
    assert (event["action"], event["actor"], event["source"]) == ("key.update", "admin-token", "testclient")
    assert (event["before"], event["after"]) == ({"name": "one"}, {"name": "two"})
    assert second["data"][0]["action"] == "key.create"
