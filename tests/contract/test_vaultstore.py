"""What every store promises to the vault."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from llm_gateway.ports.keystore import VaultEntry
from tests.contract.conftest import Stores
from tests.support.values import NOW

ONE = [VaultEntry("k1", "data-key", b"\x00\xff", NOW), VaultEntry("p1", "pepper-check", b"", NOW)]
OTHER = [VaultEntry("k2", "data-key", b"other", NOW)]


def test_entries_come_back_as_they_were(stores: Stores) -> None:
    """What is added is what is stored."""
    assert list(stores.vault.entries()) == []
    assert list(stores.vault.add(ONE)) == ONE == list(stores.vault.entries())


def test_the_first_start_wins(stores: Stores, opened: Callable[[], AbstractContextManager[Stores]]) -> None:
    """A second process that starts at the same time gets the entries of the first."""
    stores.vault.add(ONE)

    with opened() as other:
        assert list(other.vault.add(OTHER)) == ONE
