import json
from pathlib import Path

import apsw
from tests.unit.cli.conftest import Run

from llm_gateway.stores.sqlite.migrate import shipped


def test_migrate_applies_and_repeats(run: Run, data: Path) -> None:
    """The first run brings the schema up to date, the second has nothing to do."""
    first = json.loads(run("db", "migrate", "--json").stdout)
    second = json.loads(run("db", "migrate", "--json").stdout)

    assert first == {
        "database": str(data / "gateway.db"),
        "applied": [step.version for step in shipped()],
    }
    assert second["applied"] == []
    assert "nothing to do" in run("db", "migrate").stdout


def test_a_database_of_a_newer_version(run: Run, data: Path) -> None:
    """A newer schema is left alone, with the remedy."""
    run("db", "migrate")
    connection = apsw.Connection(str(data / "gateway.db"))
    connection.execute("INSERT INTO schema_version VALUES (999, 'future', 0)")
    connection.close()
    result = run("db", "migrate")

    assert result.exit_code == 78
    assert "newer version" in result.stderr


def test_a_damaged_database(run: Run, data: Path) -> None:
    """A file that is no database ends with 1 and stays as it is."""
    data.mkdir()
    (data / "gateway.db").write_bytes(b"junk" * 1000)
    result = run("db", "migrate")

    assert result.exit_code == 1
    assert (data / "gateway.db").read_bytes().startswith(b"junk")
