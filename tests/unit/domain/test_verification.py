import hashlib
import hmac
from collections.abc import Callable

import pytest

from llm_gateway.domain.keys import KeyStatus
from llm_gateway.domain.verification import is_token_of, is_usable
from tests.support.values import NOW, a_key


def digest_of(token: str) -> Callable[[int], bytes]:
    return lambda version: hmac.digest(b"pepper%d" % version, token.encode(), hashlib.sha256)


OLD, NEW = digest_of("old"), digest_of("new")


def test_the_own_token_fits() -> None:
    """The token that the verifier was made from is the key's own, another is not."""
    key = a_key(verifier=NEW(1))

    assert is_token_of(key, NEW, NOW)
    assert not is_token_of(key, OLD, NOW)


def test_the_old_token_fits_until_the_grace_ends() -> None:
    """After a rotation the previous token is good before `previous_until`, not at it."""
    key = a_key(verifier=NEW(1), previous_verifier=OLD(1), previous_until=NOW + 10)

    assert is_token_of(key, OLD, NOW + 9.99)
    assert not is_token_of(key, OLD, NOW + 10)


def test_pepper_versions_are_kept_apart() -> None:
    """Each verifier is compared under the pepper it was made with."""
    key = a_key(
        verifier=NEW(2),
        pepper_version=2,
        previous_verifier=OLD(1),
        previous_pepper_version=1,
        previous_until=NOW + 10,
    )

    assert is_token_of(key, NEW, NOW)
    assert is_token_of(key, OLD, NOW)


def test_unknown_key_costs_a_digest() -> None:
    """Without a key nothing fits, and the digest is computed all the same."""
    calls: list[int] = []

    def digest(version: int) -> bytes:
        calls.append(version)
        return bytes(32)

    assert not is_token_of(None, digest, NOW)
    assert calls == [1]


@pytest.mark.parametrize(
    ("status", "expires_at", "usable"),
    [
        (KeyStatus.ACTIVE, None, True),
        (KeyStatus.ACTIVE, NOW + 1, True),
        (KeyStatus.ACTIVE, NOW, False),
        (KeyStatus.DISABLED, None, False),
        (KeyStatus.REVOKED, None, False),
    ],
)
def test_usable(status: KeyStatus, expires_at: float | None, usable: bool) -> None:
    """A key is usable while it is active and before its expiry."""
    assert is_usable(a_key(status=status, expires_at=expires_at), NOW) is usable
