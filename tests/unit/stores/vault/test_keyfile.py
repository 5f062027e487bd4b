import base64
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from llm_gateway.stores.vault.keyfile import KeyFileRefused, create, decode, read


def write(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


KEY = bytes(range(200, 232))
TEXT = base64.b64encode(KEY).decode()


def test_created_file_is_private_and_reads_back(tmp_path: Path) -> None:
    """A new key file has mode 0600 whatever the umask, and nothing is left beside it."""
    before = os.umask(0)
    try:
        key = create(tmp_path / "master.key")
    finally:
        os.umask(before)

    assert len(key) == 32
    assert read(tmp_path / "master.key") == key
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]
    assert (tmp_path / "master.key").stat().st_mode & 0o777 == 0o600


def test_creation_never_replaces(tmp_path: Path) -> None:
    """Of many that create at once, one wins and all get its key."""
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: create(tmp_path / "master.key"), range(16)))

    assert keys == {read(tmp_path / "master.key")}


def test_missing_file_is_none(tmp_path: Path) -> None:
    """No file is not an error here: the caller decides."""
    assert read(tmp_path / "master.key") is None


@pytest.mark.parametrize("text", [TEXT, TEXT + "\n", base64.urlsafe_b64encode(KEY).decode()])
def test_both_alphabets_are_read(tmp_path: Path, text: str) -> None:
    """Standard and URL-safe base64 are the same key."""
    assert read(write(tmp_path / "k", text)) == KEY


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o610])
def test_open_modes_are_refused(tmp_path: Path, mode: int) -> None:
    """A key that others can read is refused, with the command that mends it."""
    with pytest.raises(KeyFileRefused, match="chmod 600"):
        read(write(tmp_path / "k", TEXT, mode))


def test_links_are_refused(tmp_path: Path) -> None:
    """A link could lead anywhere."""
    write(tmp_path / "real", TEXT)
    (tmp_path / "k").symlink_to(tmp_path / "real")

    with pytest.raises(KeyFileRefused, match="not a link"):
        read(tmp_path / "k")


def test_pipes_and_directories_are_refused(tmp_path: Path) -> None:
    """Anything but a plain file is refused, without waiting for a writer."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "directory").mkdir()

    for name in ("pipe", "directory"):
        with pytest.raises(KeyFileRefused):
            read(tmp_path / name)


@pytest.mark.parametrize("text", ["", "short", TEXT[:-8], TEXT + TEXT, "ключ", "\x00" * 44, "A" * 2000])
def test_what_is_no_key_is_refused_without_showing_it(text: str) -> None:
    """The message names the setting and how to make a key, never the value."""
    with pytest.raises(KeyFileRefused, match=r"LLM_GATEWAY_MASTER_KEY.*openssl rand") as caught:
        decode(text, "LLM_GATEWAY_MASTER_KEY")

    assert not text or text not in str(caught.value)
