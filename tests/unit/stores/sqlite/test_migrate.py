from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from llm_gateway.stores.sqlite.database import Database
from llm_gateway.stores.sqlite.migrate import Migration, SchemaRefused, migrate, shipped
from tests.support.values import StillClock

FIRST = Migration(1, "first", False, "CREATE TABLE one (x); INSERT INTO one VALUES (1);")
SECOND = Migration(2, "second", False, "CREATE TABLE two (x);")
BREAKING = Migration(2, "breaking", True, "DROP TABLE one;")
BROKEN = Migration(2, "broken", False, "CREATE TABLE two (x); CREATE TABLE two (x);")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "gateway.db")
    yield database
    database.close()


def tables(database: Database) -> set[str]:
    with database.reading() as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_shipped_migrations_are_numbered_without_gaps() -> None:
    """The migrations count 1, 2, 3 and each has a name."""
    steps = shipped()

    assert [step.version for step in steps] == list(range(1, len(steps) + 1))


def test_each_is_applied_once(database: Database) -> None:
    """A second run does only what the first did not know."""
    assert migrate(database, StillClock(), migrations=[FIRST]) == [FIRST]
    assert migrate(database, StillClock(), migrations=[FIRST]) == []
    assert migrate(database, StillClock(), migrations=[FIRST, SECOND]) == [SECOND]
    assert {"one", "two"} <= tables(database)


def test_a_newer_database_is_refused(database: Database) -> None:
    """A program does not touch a database of a newer one."""
    migrate(database, StillClock(), migrations=[FIRST, SECOND])

    with pytest.raises(SchemaRefused, match="install the newer version"):
        migrate(database, StillClock(), migrations=[FIRST])


def test_a_breaking_step_waits_for_the_operator(database: Database) -> None:
    """What would break a running gateway is done on request only."""
    migrate(database, StillClock(), migrations=[FIRST])

    with pytest.raises(SchemaRefused, match="llm-gateway db migrate"):
        migrate(database, StillClock(), migrations=[FIRST, BREAKING])
    assert "one" in tables(database)
    assert migrate(database, StillClock(), manual=True, migrations=[FIRST, BREAKING]) == [BREAKING]


def test_a_new_database_needs_no_operator(database: Database) -> None:
    """On an empty file every step is harmless."""
    assert migrate(database, StillClock(), migrations=[FIRST, BREAKING]) == [FIRST, BREAKING]


def test_a_failing_step_leaves_the_old_schema(database: Database) -> None:
    """Steps are applied all or none."""
    with pytest.raises(apsw.SQLError):
        migrate(database, StillClock(), migrations=[FIRST, BROKEN])

    assert tables(database) == set()


def test_processes_that_start_together(tmp_path: Path) -> None:
    """Each step is applied by exactly one of many openings."""

    def start(_: int) -> int:
        database = Database(tmp_path / "gateway.db")
        applied = migrate(database, StillClock(), migrations=[FIRST, SECOND])
        database.close()
        return len(applied)

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(start, range(6))) == [0, 0, 0, 0, 0, 2]
