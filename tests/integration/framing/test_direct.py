"""The framing cases against the edge itself."""

import json

import pytest

from tests.integration.framing.cases import FOLLOWING, Case, all_cases
from tests.integration.framing.conftest import Edge

CASES = [pytest.param(case, id=case.name) for case in all_cases()]
PIECES = 7


def test_there_are_enough_cases() -> None:
    """The suite cannot shrink unnoticed."""
    assert len(CASES) >= 200


@pytest.mark.parametrize("pieces", [1, PIECES], ids=["whole", "in pieces"])
@pytest.mark.parametrize("case", CASES)
async def test_case(case: Case, pieces: int, edge: Edge) -> None:
    """Accepted or refused as stated; the next request on the connection is read as itself, or not
    at all after a refusal; nothing inside another request is ever taken for one."""
    got = await edge.say(case.sent + FOLLOWING, pieces=pieces)

    goes_on = case.accepted and not case.closes
    assert [answer.status for answer in got] == [*case.statuses, *([200] if goes_on else [])]
    assert ("/after" in edge.echo.paths) == goes_on
    assert not [path for path in edge.echo.paths if "smuggled" in path]
    if not case.accepted:
        assert set(json.loads(got[-1].body)["error"]) == {"message", "type", "param", "code"}
        assert got[-1].headers["connection"] == "close"


async def test_bodies_arrive_whole(edge: Edge) -> None:
    """Length and chunks give the application the same bytes."""
    sized = b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789"
    chunked = (
        b"POST /b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"4\r\n0123\r\n6\r\n456789\r\n0\r\n\r\n"
    )

    got = await edge.say(sized + chunked + FOLLOWING, pieces=60)

    assert [json.loads(answer.body)["size"] for answer in got] == [10, 10, 0]
