"""Members whom other services vouch for."""

import asyncio

from llm_gateway.control import checks as texts
from llm_gateway.control.accounts import checks
from llm_gateway.control.accounts.deps import AccountDeps
from llm_gateway.control.accounts.joining import Joining
from llm_gateway.control.accounts.sessions import Opened, Sessions, Visitor, actor_for
from llm_gateway.control.actor import Actor
from llm_gateway.domain.accounts import Outsider, User
from llm_gateway.domain.errors import BadRequest, NotPermitted
from llm_gateway.domain.secret import Secret
from llm_gateway.ports.signin import TokenIssuer

_STRANGER = (
    "You are not a member here. Ask an owner or admin to invite the e-mail address that your identity "
    "provider has verified."
)


class Federation:
    """A member is known by issuer and subject. The address counts once, to find an invitation that
    names it, and only if the provider verified it: addresses change hands, subjects do not. An account
    with a password is never taken over by an identity with the same address."""

    def __init__(self, deps: AccountDeps, sessions: Sessions, joining: Joining) -> None:
        self._deps = deps
        self._sessions = sessions
        self._joining = joining

    async def arrive(self, outsider: Outsider, visitor: Visitor) -> Opened:
        """A session for the member, who becomes one if he is invited. Raises NotPermitted."""
        user = await asyncio.to_thread(self._deps.members.user_with_identity, outsider.identity)
        if user is not None:
            return await self._sessions.open(user, visitor, "oidc")
        address = _address(outsider.email)
        invite = None
        if address:
            now = self._deps.clock.now()
            invite = await asyncio.to_thread(self._deps.members.invite_for, address, now)
        if invite is None:
            raise NotPermitted(_STRANGER, code="not_a_member")
        name = outsider.name.strip()[: texts.NAME_LENGTH]
        name = checks.name(name if name.isprintable() else "", address)
        newcomer = User("", address, name, invite.role, 0.0, identity=outsider.identity)
        return await self._joining.admit(invite, newcomer, visitor)


class Vouched:
    """Implements control.accounts.Voucher over an issuer of tokens, for those who are members."""

    def __init__(self, deps: AccountDeps, issuer: TokenIssuer) -> None:
        self._deps = deps
        self._issuer = issuer

    def knows(self, token: str) -> bool:
        return self._issuer.knows(token)

    async def actor(self, token: Secret, source: str) -> Actor:
        outsider = await self._issuer.outsider(token)
        user = await asyncio.to_thread(self._deps.members.user_with_identity, outsider.identity)
        if user is None:
            raise NotPermitted(_STRANGER, code="not_a_member")
        return actor_for(user, source)


def _address(email: str) -> str:
    try:
        return checks.email(email)
    except BadRequest:
        return ""
