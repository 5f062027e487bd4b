"""The vault whose master key and pepper lie in files or settings of this machine."""

import hmac
import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from llm_gateway.domain.keys import Connection
from llm_gateway.domain.secret import Secret
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.directory import SealBroken
from llm_gateway.ports.keystore import VaultEntry, VaultStore
from llm_gateway.ports.startup import CannotStart
from llm_gateway.stores.vault import keyfile, sealing

MASTER_KEY_FILE = "master.key"
PEPPER_FILE = "pepper.key"
PEPPER_VERSION = 1

_DATA_KEY = "data-key"
_PEPPER_CHECK = "pepper-check"
_PEPPER_PROBE = b"lgw1 pepper check"


class MasterKeyMismatch(CannotStart):
    """The database was sealed under another master key, or the key is missing."""


class PepperMismatch(CannotStart):
    """The gateway keys were made under another pepper, or the pepper is missing."""


class LocalVault:
    """Implements ports.Vault. Values in, values out: it reads no file and no database."""

    def __init__(
        self, data_keys: Mapping[str, bytes], sealing_key_id: str, peppers: Mapping[int, bytes]
    ) -> None:
        self._data_keys = {key_id: sealing.cipher(key) for key_id, key in data_keys.items()}
        self._sealing_key_id = sealing_key_id
        self._peppers = dict(peppers)

    def __repr__(self) -> str:
        return f"LocalVault({len(self._data_keys)} data keys)"

    def verifier(self, token: str, pepper_version: int) -> bytes:
        return hmac.digest(self._peppers[pepper_version], token.encode(errors="surrogatepass"), "sha256")

    def seal(self, connection_id: str, project: str, provider: str, base_url: str, key: Secret) -> str:
        key_id = self._sealing_key_id
        additional = _place(connection_id, project, provider, base_url, key_id)
        return sealing.write(
            key_id, sealing.encrypt(self._data_keys[key_id], key.reveal().encode(), additional)
        )

    def open(self, connection: Connection) -> Secret:
        key_id, box, additional = _sealed(
            connection.sealed_key, connection.id, connection.project, connection.provider, connection.base_url
        )
        data_key = self._data_keys.get(key_id)
        if data_key is None:
            raise SealBroken("a sealed value names a data key that this installation does not have")
        return Secret(sealing.decrypt(data_key, box, additional).decode())


def open_vault(
    directory: Path, store: VaultStore, clock: Clock, *, master_key: Secret | None, pepper: Secret | None
) -> LocalVault:
    """Finds the master key and the pepper, and checks both against the database.

    A first start creates what is missing. Later a missing or different key is refused, never
    replaced: KeyFileRefused, MasterKeyMismatch or PepperMismatch, each with the remedy.
    """
    entries = store.entries()
    first_start = not entries
    wrapping = _find(directory / MASTER_KEY_FILE, master_key, "LLM_GATEWAY_MASTER_KEY", first_start)
    spice = _find(directory / PEPPER_FILE, pepper, "LLM_GATEWAY_PEPPER", first_start)
    if wrapping is None:
        raise MasterKeyMismatch(_missing(directory / MASTER_KEY_FILE, "LLM_GATEWAY_MASTER_KEY"))
    if spice is None:
        raise PepperMismatch(_missing(directory / PEPPER_FILE, "LLM_GATEWAY_PEPPER"))
    if first_start:
        entries = store.add(_first_entries(wrapping, spice, clock.now()))
    data_keys = _unwrapped(entries, wrapping)
    _check_pepper(entries, spice)
    return LocalVault(data_keys, max(data_keys), {PEPPER_VERSION: spice})


def _find(path: Path, given: Secret | None, setting: str, create: bool) -> bytes | None:
    if given is not None:
        return keyfile.decode(given.reveal(), setting)
    found = keyfile.read(path)
    return keyfile.create(path) if found is None and create else found


def _missing(path: Path, setting: str) -> str:
    return f"{path} is missing although the database needs it; restore it from your backup or set {setting}"


def _first_entries(wrapping: bytes, pepper: bytes, now: float) -> Sequence[VaultEntry]:
    key_id = f"k{int(now)}{secrets.token_hex(4)}"
    wrapped = sealing.encrypt(sealing.cipher(wrapping), secrets.token_bytes(32), _wrapping_place(key_id))
    check = _pepper_check(pepper)
    return (
        VaultEntry(key_id, _DATA_KEY, wrapped, now),
        VaultEntry(f"pepper{PEPPER_VERSION}", _PEPPER_CHECK, check, now),
    )


def _unwrapped(entries: Sequence[VaultEntry], wrapping: bytes) -> dict[str, bytes]:
    """Opening the data keys is the check of the master key: AES-GCM opens under no other."""
    wrapped = [entry for entry in entries if entry.kind == _DATA_KEY]
    if not wrapped:
        raise MasterKeyMismatch("The database has lost its data keys; restore it from your backup")
    try:
        return {
            entry.id: sealing.decrypt(sealing.cipher(wrapping), entry.value, _wrapping_place(entry.id))
            for entry in wrapped
        }
    except SealBroken as error:
        raise MasterKeyMismatch(
            "The master key does not fit this database; restore the master.key that belongs to it, "
            "or set LLM_GATEWAY_MASTER_KEY to the one it was made with"
        ) from error


def _check_pepper(entries: Sequence[VaultEntry], pepper: bytes) -> None:
    stored = [entry.value for entry in entries if entry.kind == _PEPPER_CHECK]
    if not any(hmac.compare_digest(value, _pepper_check(pepper)) for value in stored):
        raise PepperMismatch(
            "The pepper does not fit this database, so no gateway key would be accepted; restore the "
            "pepper.key that belongs to it, or set LLM_GATEWAY_PEPPER to the one it was made with"
        )


def _pepper_check(pepper: bytes) -> bytes:
    return hmac.digest(pepper, _PEPPER_PROBE, "sha256")


def _wrapping_place(key_id: str) -> bytes:
    return sealing.bound_to("lgw1", "data-key", key_id)


@lru_cache(maxsize=1024)
def _sealed(
    sealed_key: str, connection_id: str, project: str, provider: str, base_url: str
) -> tuple[str, bytes, bytes]:
    """Data key id, box and additional data of a connection. Nothing in it is secret, so it may be kept:
    each request opens its provider key anew, and only the taking apart is remembered."""
    key_id, box = sealing.read(sealed_key)
    return key_id, box, _place(connection_id, project, provider, base_url, key_id)


def _place(connection_id: str, project: str, provider: str, base_url: str, key_id: str) -> bytes:
    try:
        destination = sealing.origin(base_url)
    except ValueError as error:
        raise SealBroken("the base URL has no origin to bind the provider key to") from error
    return sealing.bound_to("lgw1", project, connection_id, "provider_key", provider, destination, key_id)
