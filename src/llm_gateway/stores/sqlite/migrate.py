"""Brings the schema to the newest version.

A migration is a file `migrations/NNNN_name.sql`. One whose name ends in `.manual.sql` would break a
gateway that is still running the version before; it is left to `llm-gateway db migrate`. A
migration that has been released is never changed.
"""

import re
from importlib import resources
from typing import NamedTuple

import apsw

from llm_gateway.ports.clock import Clock
from llm_gateway.ports.startup import CannotStart
from llm_gateway.stores.sqlite.database import Database

_FILE_NAME = re.compile(r"(\d{4})_(\w+)(\.manual)?\.sql")


class SchemaRefused(CannotStart):
    """The database is newer than the program, or older in a way that needs the operator."""


class Migration(NamedTuple):
    """One step from version - 1 to version."""

    version: int
    name: str
    manual: bool
    sql: str


def shipped() -> list[Migration]:
    """The migrations of this program, oldest first."""
    found = []
    for file in resources.files(__package__).joinpath("migrations").iterdir():
        if match := _FILE_NAME.fullmatch(file.name):
            found.append(Migration(int(match[1]), match[2], bool(match[3]), file.read_text("utf-8")))
    return sorted(found)


def migrate(
    database: Database, clock: Clock, *, manual: bool = False, migrations: list[Migration] | None = None
) -> list[Migration]:
    """Applies what is missing, in one transaction that also serves as the lock; gives what it applied.

    Raises SchemaRefused when the database was made by a newer program, and, unless `manual`, when a
    step needs the operator.
    """
    known = shipped() if migrations is None else migrations
    with database.writing() as connection:
        version = _version(connection)
        missing = [step for step in known if step.version > version]
        _refuse(version, missing, newest=known[-1].version, manual=manual)
        for step in missing:
            connection.execute(step.sql).fetchall()
            connection.execute(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)",
                (step.version, step.name, clock.now()),
            )
    return missing


def _version(connection: apsw.Connection) -> int:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_version "
        "(version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at REAL NOT NULL)"
    )
    return int(connection.execute("SELECT coalesce(max(version), 0) FROM schema_version").get)


def _refuse(version: int, missing: list[Migration], *, newest: int, manual: bool) -> None:
    if version > newest:
        raise SchemaRefused(
            f"The database has schema {version}, this program knows {newest}; install the newer version"
        )
    if version and not manual and any(step.manual for step in missing):
        raise SchemaRefused(
            f"The database has schema {version} and needs {newest}; make a backup, stop all gateways, "
            "then run: llm-gateway db migrate"
        )
