"""Password hashes: argon2id, the same work for everybody, and no more at once than promised."""

import asyncio
from threading import Event

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from llm_gateway.domain.errors import RateLimited
from llm_gateway.domain.secret import Secret
from llm_gateway.identity.passwords import THREADS, WAITING, Argon2Passwords
from tests.support.accounts import CHEAP


async def test_it_is_argon2id_above_the_minimum() -> None:
    """The parameters that ship are at least those of OWASP: 19 MiB, two passes."""
    passwords = Argon2Passwords()
    found = extract_parameters((await passwords.hash(Secret("correct horse"))).reveal())
    passwords.close()

    assert found.type is Type.ID
    assert found.memory_cost >= 19 * 1024
    assert found.time_cost >= 2


async def test_only_the_password_itself_fits() -> None:
    """Neither another password, nor the hash, nor nothing opens."""
    passwords = Argon2Passwords(CHEAP)
    stored = await passwords.hash(Secret("correct horse"))
    tried = [await passwords.verify(stored, Secret(one)) for one in ("correct horse", "", stored.reveal())]
    passwords.close()

    assert tried == [True, False, False]


async def test_nothing_fits_nobody() -> None:
    """Without a stored hash the work is done all the same, and the answer is no."""
    passwords = Argon2Passwords(CHEAP)
    answers = [await passwords.verify(None, Secret(one)) for one in ("", "correct horse")]
    passwords.close()

    assert answers == [False, False]
    assert extract_parameters(passwords._nobodys) == extract_parameters(CHEAP.hash("x"))


async def test_a_damaged_hash_opens_nothing() -> None:
    """What is no hash is no error either: nobody can sign in with it."""
    passwords = Argon2Passwords(CHEAP)
    answer = await passwords.verify(Secret("not a hash"), Secret("not a hash"))
    passwords.close()

    assert answer is False


async def test_newer_parameters_outdate_a_hash() -> None:
    """A hash of other costs is known as such."""
    passwords = Argon2Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    old = Secret(CHEAP.hash("correct horse"))
    new = await passwords.hash(Secret("correct horse"))
    passwords.close()

    assert (passwords.outdated(old), passwords.outdated(new)) == (True, False)


async def test_who_comes_when_all_wait_is_sent_away() -> None:
    """A flood of sign-ins takes a bounded amount of memory and threads, and the places come back."""
    gate = Event()

    class Slow(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            return gate.wait()

    passwords = Argon2Passwords(Slow())
    waiting = [asyncio.ensure_future(passwords.verify(None, Secret(""))) for _ in range(THREADS + WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(RateLimited):
        await passwords.verify(None, Secret(""))
    waiting[0].cancel()
    await asyncio.sleep(0)
    with pytest.raises(RateLimited):
        await passwords.verify(None, Secret(""))
    gate.set()
    await asyncio.gather(*waiting, return_exceptions=True)
    after = await passwords.verify(None, Secret(""))
    passwords.close()

    assert after is False
