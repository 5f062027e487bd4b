"""A copy of the database while it is in use."""

import os
from pathlib import Path

import apsw

from llm_gateway.domain.errors import BadRequest, Unavailable
from llm_gateway.stores.sqlite.database import Database

_PAGES = 1000


def backup(database: Database, target: Path) -> None:
    """Writes the database as it is at one moment to the new file `target`, mode 0600.

    Gateways go on reading and writing meanwhile. Raises BadRequest when the file exists or cannot be
    made, Unavailable when the copy cannot be written; then no file is left.
    """
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise BadRequest(
            f"{target} cannot be made: {error.strerror}. Name a file that is not there."
        ) from error
    try:
        _copy(database, target)
    except (apsw.Error, Unavailable) as error:
        target.unlink()
        raise Unavailable(f"The copy could not be written to {target}; check its disk.") from error


def _copy(database: Database, target: Path) -> None:
    copy = apsw.Connection(str(target))
    try:
        with database.reading(within=float("inf")) as source, copy.backup("main", source, "main") as running:
            while not running.done:
                running.step(_PAGES)
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, nothing beside it
    finally:
        copy.close()
