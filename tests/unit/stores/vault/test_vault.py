import base64
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from llm_gateway.domain.keys import Connection
from llm_gateway.domain.secret import Secret
from llm_gateway.ports.directory import SealBroken
from llm_gateway.ports.keystore import VaultEntry
from llm_gateway.stores.vault import LocalVault, MasterKeyMismatch, PepperMismatch, open_vault
from tests.support.values import StillClock, a_connection

PROVIDER_KEY = Secret("sk-provider-canary")


class Shelf:
    """A vault store in memory."""

    def __init__(self) -> None:
        self.rows: Sequence[VaultEntry] = ()

    def entries(self) -> Sequence[VaultEntry]:
        return self.rows

    def add(self, entries: Sequence[VaultEntry]) -> Sequence[VaultEntry]:
        self.rows = self.rows or entries
        return self.rows


def opened(
    directory: Path, shelf: Shelf, master_key: Secret | None = None, pepper: Secret | None = None
) -> LocalVault:
    return open_vault(directory, shelf, StillClock(), master_key=master_key, pepper=pepper)


def sealed(vault: LocalVault) -> Connection:
    place = a_connection()
    text = vault.seal(place.id, place.project, place.provider, place.base_url, PROVIDER_KEY)
    return replace(place, sealed_key=text)


def a_secret(filler: bytes) -> Secret:
    return Secret(base64.b64encode(filler * 32).decode())


def test_a_second_start_opens_what_the_first_sealed(tmp_path: Path) -> None:
    """Keys sealed and verifiers made before a restart are good after it."""
    shelf = Shelf()
    first = opened(tmp_path, shelf)
    second = opened(tmp_path, shelf)

    assert second.open(sealed(first)) == PROVIDER_KEY
    assert first.verifier("token", 1) == second.verifier("token", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "con_2"},
        {"project": "other"},
        {"provider": "xai"},
        {"base_url": "https://evil.example/v1"},
        {"base_url": "http://api.openai.com/v1"},
        {"base_url": "https://api.openai.com:8443/v1"},
        {"base_url": "not a url"},
        {"sealed_key": "v1.unknown.AAAA"},
        {"sealed_key": ""},
    ],
)
def test_a_moved_key_does_not_open(tmp_path: Path, change: dict[str, Any]) -> None:
    """A sealed key opens for its row and its origin only."""
    vault = opened(tmp_path, Shelf())

    with pytest.raises(SealBroken):
        vault.open(replace(sealed(vault), **change))


def test_another_path_at_the_same_origin_is_fine(tmp_path: Path) -> None:
    """The key is bound to the server, not to the path on it."""
    vault = opened(tmp_path, Shelf())

    assert vault.open(replace(sealed(vault), base_url="https://api.openai.com/v2")) == PROVIDER_KEY


def test_nothing_of_the_key_is_stored(tmp_path: Path) -> None:
    """Neither the sealed text nor the vault's own shows a key."""
    vault = opened(tmp_path, Shelf())

    assert PROVIDER_KEY.reveal() not in sealed(vault).sealed_key
    assert "canary" not in repr(vault)


def test_a_foreign_master_key_refuses_to_start(tmp_path: Path) -> None:
    """Another master key is noticed at once, with the remedy."""
    shelf = Shelf()
    opened(tmp_path, shelf)

    with pytest.raises(MasterKeyMismatch, match=r"restore the master\.key"):
        opened(tmp_path, shelf, master_key=a_secret(b"x"))


def test_a_foreign_pepper_refuses_to_start(tmp_path: Path) -> None:
    """Another pepper would lock every application out, so it is noticed at once."""
    shelf = Shelf()
    opened(tmp_path, shelf)

    with pytest.raises(PepperMismatch, match=r"pepper\.key"):
        opened(tmp_path, shelf, pepper=a_secret(b"x"))


@pytest.mark.parametrize(
    ("file", "error"), [("master.key", MasterKeyMismatch), ("pepper.key", PepperMismatch)]
)
def test_a_lost_file_is_not_replaced(tmp_path: Path, file: str, error: type[Exception]) -> None:
    """With data in the database a missing key file is an error, never a new key."""
    shelf = Shelf()
    opened(tmp_path, shelf)
    (tmp_path / file).unlink()

    with pytest.raises(error, match="restore it from your backup"):
        opened(tmp_path, shelf)
    assert not (tmp_path / file).exists()


def test_keys_from_settings_leave_no_files(tmp_path: Path) -> None:
    """With both keys in the environment nothing is written to the data directory."""
    shelf = Shelf()
    vault = opened(tmp_path, shelf, a_secret(b"m"), a_secret(b"p"))

    assert list(tmp_path.iterdir()) == []
    assert opened(tmp_path, shelf, a_secret(b"m"), a_secret(b"p")).open(sealed(vault)) == PROVIDER_KEY


def test_the_master_key_is_not_the_data_key(tmp_path: Path) -> None:
    """A database without data keys is damaged; a new one would hide that."""
    shelf = Shelf()
    opened(tmp_path, shelf)
    shelf.rows = [entry for entry in shelf.rows if entry.kind != "data-key"]

    with pytest.raises(MasterKeyMismatch, match="lost its data keys"):
        opened(tmp_path, shelf)


def test_a_verifier_takes_any_text(tmp_path: Path) -> None:
    """Whatever a client presents, making a verifier raises nothing."""
    vault = opened(tmp_path, Shelf())

    assert len({vault.verifier(text, 1) for text in ("", "\x00", "\ud800", "é" * 10_000)}) == 4


def test_an_unknown_pepper_version_is_an_error(tmp_path: Path) -> None:
    """A verifier is never made under another pepper than asked for."""
    with pytest.raises(KeyError):
        opened(tmp_path, Shelf()).verifier("token", 2)
