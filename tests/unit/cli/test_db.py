import json
from pathlib import Path

import apsw

from llm_gateway.stores.sqlite.migrate import shipped
from tests.unit.cli.conftest import Run


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


def test_a_backup_is_a_whole_installation(run: Run, data: Path, tmp_path: Path) -> None:
    """The copy, put in the place of the database, opens with the same keys; it is private."""
    key = json.loads(run("keys", "create", "--provider", "demo", "--model", "m", "--json").stdout)
    result = run("db", "backup", str(tmp_path / "copy.db"), "--json")
    assert json.loads(result.stdout)["bytes"] == (tmp_path / "copy.db").stat().st_size
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    run("keys", "revoke", key["kid"])
    for leftover in data.glob("gateway.db*"):
        leftover.unlink()
    (tmp_path / "copy.db").rename(data / "gateway.db")

    assert json.loads(run("keys", "show", key["kid"], "--json").stdout)["status"] == "active"


def test_a_backup_replaces_nothing(run: Run, tmp_path: Path) -> None:
    """An existing file, or a place that cannot be written, is an error, and nothing is left behind."""
    run("keys", "create", "--provider", "demo", "--model", "m")
    (tmp_path / "mine").write_text("mine")

    assert run("db", "backup", str(tmp_path / "mine")).exit_code == 1
    assert run("db", "backup", str(tmp_path / "nowhere" / "copy.db")).exit_code == 1
    assert (tmp_path / "mine").read_text() == "mine"
    assert run("db", "backup", str(tmp_path / "copy.db")).exit_code == 0
