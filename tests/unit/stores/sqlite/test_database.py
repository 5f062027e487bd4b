import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from llm_gateway.domain.errors import Unavailable
from llm_gateway.ports.startup import CannotStart
from llm_gateway.stores.sqlite.database import Database, check_library


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "3.7.0"])
def test_libraries_with_the_defect_are_refused(version: str) -> None:
    """Libraries that can corrupt the log are refused with the remedy."""
    with pytest.raises(CannotStart, match=r"install apsw >= 3\.51\.3"):
        check_library(version)


@pytest.mark.parametrize("version", ["3.51.3", "3.54.1", "4.0.0"])
def test_mended_libraries_are_fine(version: str) -> None:
    """From 3.51.3 on the library is safe, and the one that is installed is."""
    check_library(version)
    check_library(apsw.sqlite_lib_version())


def test_files_are_private(tmp_path: Path) -> None:
    """The database, its log and its directory are for their owner only, whatever the umask."""
    before = os.umask(0)
    try:
        database = Database(tmp_path / "data" / "gateway.db")
        with database.writing() as connection:
            connection.execute("CREATE TABLE t (x)")
    finally:
        os.umask(before)

    files = list((tmp_path / "data").iterdir())
    assert {file.name for file in files} == {"gateway.db", "gateway.db-wal", "gateway.db-shm"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    database.close()


def test_open_modes_are_tightened(tmp_path: Path) -> None:
    """A database that others could read is closed to them."""
    path = tmp_path / "gateway.db"
    path.touch(0o644)
    Database(path).close()

    assert path.stat().st_mode & 0o777 == 0o600


def test_links_are_refused(tmp_path: Path) -> None:
    """A link could lead the database anywhere."""
    (tmp_path / "gateway.db").symlink_to(tmp_path / "elsewhere.db")

    with pytest.raises(CannotStart):
        Database(tmp_path / "gateway.db")


def test_durability_settings(tmp_path: Path) -> None:
    """WAL, full sync and no memory map, on both kinds of connection."""
    database = Database(tmp_path / "gateway.db")
    with database.reading() as reader, database.writing() as writer:
        for connection in (reader, writer):
            values = [
                connection.execute(f"PRAGMA {name}").get
                for name in ("journal_mode", "synchronous", "mmap_size", "foreign_keys")
            ]
            assert values == ["wal", 2, 0, 1]
    database.close()


def test_a_failed_block_leaves_nothing(tmp_path: Path) -> None:
    """When the block raises, its changes are undone and the next one works."""
    database = Database(tmp_path / "gateway.db")
    with database.writing() as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(apsw.SQLError), database.writing() as connection:
        connection.execute("INSERT INTO t VALUES (1); INSERT INTO nowhere VALUES (1)")
    with database.writing() as connection:
        connection.execute("INSERT INTO t VALUES (2)")

    with database.reading() as connection:
        assert connection.execute("SELECT x FROM t").fetchall() == [(2,)]
    database.close()


def test_readers_cannot_write(tmp_path: Path) -> None:
    """A reading block that tries to write is refused."""
    database = Database(tmp_path / "gateway.db")

    with pytest.raises(Unavailable), database.reading() as connection:
        connection.execute("CREATE TABLE t (x)")
    database.close()


def test_a_read_without_end_is_given_up(tmp_path: Path) -> None:
    """A query that runs past its time is stopped, and the connection is good for the next."""
    database = Database(tmp_path / "gateway.db")
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(Unavailable), database.reading(within=0.05) as connection:
        connection.execute(endless)

    with database.reading() as connection:
        assert connection.execute("SELECT 1").get == 1
    database.close()


def test_threads_share_it(tmp_path: Path) -> None:
    """Many threads reading and writing at once neither fail nor lose anything."""
    database = Database(tmp_path / "gateway.db")
    with database.writing() as connection:
        connection.execute("CREATE TABLE t (x)")

    def work(number: int) -> int:
        with database.writing() as connection:
            connection.execute("INSERT INTO t VALUES (?)", (number,))
        with database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM t").get)

    with ThreadPoolExecutor(8) as pool:
        assert max(pool.map(work, range(40))) == 40
    database.close()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    """A damaged file is an error with a remedy, and is left as it is."""
    path = tmp_path / "gateway.db"
    path.write_bytes(b"this is not a database" * 100)

    with pytest.raises(Unavailable, match="disk"):
        Database(path)
    assert path.read_bytes().startswith(b"this is not")


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    """A path below a plain file is refused with the reason."""
    (tmp_path / "file").touch()

    with pytest.raises(CannotStart, match="File exists"):
        Database(tmp_path / "file" / "gateway.db")
