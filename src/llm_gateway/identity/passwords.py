"""Passwords with argon2id (RFC 9106), a few at a time and off the event loop."""

import asyncio
import base64
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from llm_gateway.domain.errors import RateLimited
from llm_gateway.domain.secret import Secret

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 2
WAITING = 16


class Argon2Passwords:
    """Implements ports.Passwords.

    Each check takes 64 MiB and about 0.1 s of several cores with the library's defaults, which are
    RFC 9106's second choice and above the minimum of OWASP. So THREADS run at once, WAITING may wait,
    and who comes later is asked to try again.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")
        self._places = BoundedSemaphore(THREADS + WAITING)
        self._nobodys = _unmatched(self._hasher)

    async def hash(self, password: Secret) -> Secret:
        return Secret(await self._run(self._hasher.hash, password.reveal()))

    async def verify(self, stored: Secret | None, password: Secret) -> bool:
        return await self._run(self._verify, stored.reveal() if stored else None, password.reveal())

    def outdated(self, stored: Secret) -> bool:
        return self._hasher.check_needs_rehash(stored.reveal())

    def close(self) -> None:
        self._pool.shutdown()

    def _verify(self, stored: str | None, password: str) -> bool:
        try:
            self._hasher.verify(stored if stored is not None else self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if not self._places.acquire(blocking=False):
            raise RateLimited("Too many people sign in right now; try again in a few seconds.", retry_after=5)
        try:
            future = self._pool.submit(work, *args, **kwargs)
        except RuntimeError:
            self._places.release()
            raise
        # Only once the thread is free again, which may be after its asker went away.
        future.add_done_callback(lambda _: self._places.release())
        return await asyncio.wrap_future(future)


def _unmatched(hasher: PasswordHasher) -> str:
    """A hash that costs what every other does to check, and that no known password has."""
    salt, tag = (
        base64.b64encode(secrets.token_bytes(size)).decode("ascii").rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${tag}"
