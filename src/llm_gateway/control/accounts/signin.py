"""Signing in with a password."""

import asyncio
from dataclasses import replace
from ipaddress import IPv6Address, ip_address

from llm_gateway.control.accounts import checks
from llm_gateway.control.accounts.deps import AccountDeps
from llm_gateway.control.accounts.sessions import Opened, Sessions, Visitor, actor_for
from llm_gateway.domain.accounts import User
from llm_gateway.domain.errors import BadRequest, NotAuthenticated, RateLimited
from llm_gateway.domain.secret import Secret
from llm_gateway.limits.attempts import Attempts

_WRONG = "The e-mail address or the password is wrong."


class Throttle:
    """Limits guesses for each account, wherever they come from, and from each network."""

    def __init__(self, accounts: Attempts | None = None, sources: Attempts | None = None) -> None:
        self._accounts = accounts or Attempts(10, 30.0)
        self._sources = sources or Attempts(30, 10.0)

    def account(self, email: str, now: float) -> None:
        """Raises RateLimited."""
        _wait(self._accounts.take(email, now))

    def source(self, source: str, now: float) -> None:
        """Raises RateLimited."""
        _wait(self._sources.take(network_of(source), now))

    def succeeded(self, email: str) -> None:
        self._accounts.forget(email)


class SignIn:
    """The use case. Whether an account exists shows neither in the answer nor in its time."""

    def __init__(self, deps: AccountDeps, sessions: Sessions, throttle: Throttle) -> None:
        self._deps = deps
        self._sessions = sessions
        self._throttle = throttle

    async def __call__(self, email: str, password: Secret, visitor: Visitor) -> Opened:
        """A new session. Raises NotAuthenticated or RateLimited."""
        ticks = self._deps.clock.ticks()
        self._throttle.source(visitor.source, ticks)
        address = _address(email)
        self._throttle.account(address, ticks)
        user = await asyncio.to_thread(self._deps.members.user_with_email, address)
        if not await self._right(user, password) or user is None:
            raise NotAuthenticated(_WRONG, code="wrong_password")
        self._throttle.succeeded(address)
        user = await self._renewed(user, password, visitor)
        return await self._sessions.open(user, visitor, "password")

    async def _renewed(self, user: User, password: Secret, visitor: Visitor) -> User:
        """With a hash of today's parameters, for which the password has to be at hand."""
        deps = self._deps
        if user.password_hash is None or not deps.passwords.outdated(user.password_hash):
            return user
        newer = replace(user, password_hash=await deps.passwords.hash(checks.normal(password)))
        event = deps.event(actor_for(user, visitor.source), "member.rehash", user.id)
        await asyncio.to_thread(deps.members.change, event, newer, replaces=user, end_sessions=False)
        return newer

    async def _right(self, user: User | None, password: Secret) -> bool:
        if len(password.reveal()) > checks.PASSWORD_LONGEST:
            password = Secret("")
        stored = user.password_hash if user else None
        return await self._deps.passwords.verify(stored, checks.normal(password))


def network_of(source: str) -> str:
    """Who an address belongs to: of version 6, everybody has a whole /64."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return source


def _address(email: str) -> str:
    """What cannot be an address is nobody's, and is answered as such."""
    try:
        return checks.email(email)
    except BadRequest:
        return ""


def _wait(seconds: float) -> None:
    if seconds:
        raise RateLimited(
            "Too many attempts; wait a little, then try again.", retry_after=seconds, code="too_many_attempts"
        )
