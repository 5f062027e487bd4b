"""Tool definitions are pinned for good, and answered from memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from llm_gateway.ports.pins import MOST_PER_SCOPE
from llm_gateway.stores.sqlite import Database, SqlitePins, migrate
from tests.support.values import StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def database(tmp_path: Path, clock: StillClock) -> Iterator[Database]:
    database = Database(tmp_path / "gateway.db")
    migrate(database, clock)
    yield database
    database.close()


async def test_the_first_definition_holds_over_restarts(database: Database, clock: StillClock) -> None:
    """Another process and another day still know it."""
    await SqlitePins(database, clock).first("key", {"search": "one"})
    later = SqlitePins(database, clock)

    assert await later.first("key", {"search": "two", "mail": "x"}) == {"search": "one", "mail": "x"}
    assert await later.first("other", {"search": "two"}) == {"search": "two"}


async def test_a_forgotten_tool_is_pinned_anew_within_a_second(database: Database, clock: StillClock) -> None:
    """An operator accepts a change from another process; the gateway follows."""
    pins = SqlitePins(database, clock)
    await pins.first("key", {"search": "one"})

    assert await pins.first("key", {"search": "two"}) == {"search": "one"}
    assert SqlitePins(database, clock).forget("key", "search") == 1
    clock.move(1.0)
    assert await pins.first("key", {"search": "two"}) == {"search": "two"}


async def test_changing_tools_keep_nobody_busy(database: Database, clock: StillClock) -> None:
    """What differs is looked up once a second at most; what is known is not looked up at all."""
    pins = SqlitePins(database, clock)
    await pins.first("key", {"search": "one"})
    await pins.first("key", {"search": "two"})
    database.close()

    for _ in range(3):
        assert await pins.first("key", {"search": "three"}) == {"search": "one"}


async def test_a_flood_of_tools_is_not_pinned_beyond_the_most(database: Database, clock: StillClock) -> None:
    """What cannot be pinned is left out, and counts as changed."""
    pins = SqlitePins(database, clock)
    await pins.first("key", {f"tool{n}": "x" for n in range(MOST_PER_SCOPE + 5)})

    assert await pins.first("key", {"late\ud800": "x", "tool0": "x"}) == {"tool0": "x"}
