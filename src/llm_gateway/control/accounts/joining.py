"""Becoming a member: the owner by the link of the first start, all others by invitation."""

import asyncio
from dataclasses import dataclass

from llm_gateway.control.accounts import checks
from llm_gateway.control.accounts.deps import AccountDeps
from llm_gateway.control.accounts.sessions import Opened, Sessions, Visitor
from llm_gateway.control.actor import Actor
from llm_gateway.domain.accounts import Identity, Invite, Role, User
from llm_gateway.domain.errors import Conflict, NotPermitted
from llm_gateway.domain.secret import Secret

SETUP_PREFIX = "lgws_"
INVITE_PREFIX = "lgwi_"
LINK_LASTS = 86_400.0
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody says about himself."""

    email: str
    name: str
    password: Secret


class Joining:
    """Use cases of people who are not members yet."""

    def __init__(self, deps: AccountDeps, sessions: Sessions) -> None:
        self._deps = deps
        self._sessions = sessions

    async def setup_needed(self) -> bool:
        """Whether nobody is owner yet."""
        return not await asyncio.to_thread(self._deps.members.has_owner)

    async def setup_link(self, actor: Actor) -> Secret:
        """A token that makes its holder the owner, good for a day; earlier ones end. Raises Conflict
        when there is an owner."""
        if not await self.setup_needed():
            raise Conflict("There is an owner already; sign in at /dashboard.", code="owner_exists")
        deps, now = self._deps, self._deps.clock.now()
        token = deps.new_token(SETUP_PREFIX)
        invite = Invite(
            deps.new_id("inv"), deps.verifier_of(token), Role.OWNER, "", "", now, now + LINK_LASTS
        )
        event = deps.event(actor, "setup.link", invite.id)
        await asyncio.to_thread(deps.members.invite, event, invite)
        return token

    async def set_up(self, token: Secret, newcomer: Newcomer, visitor: Visitor) -> Opened:
        """Makes the owner. Raises NotPermitted for a link that is not, or no longer, good."""
        return await self._join(SETUP_PREFIX, token, newcomer, visitor)

    async def sign_up(self, token: Secret, newcomer: Newcomer, visitor: Visitor) -> Opened:
        """Makes a member with the role that the invitation names. Raises NotPermitted as `set_up`."""
        return await self._join(INVITE_PREFIX, token, newcomer, visitor)

    async def _join(self, prefix: str, token: Secret, newcomer: Newcomer, visitor: Visitor) -> Opened:
        invite = await self._invite(prefix, token)
        address = checks.email(newcomer.email)
        if invite.email and invite.email != address:
            raise NotPermitted("The invitation is for another e-mail address.", code="other_address")
        name = checks.name(newcomer.name, address)
        password = await self._deps.passwords.hash(checks.password(newcomer.password, address))
        return await self.admit(invite, User("", address, name, invite.role, 0.0, password), visitor)

    async def admit(self, invite: Invite, user: User, visitor: Visitor) -> Opened:
        """Makes a member of whom an invitation was found for, and signs in. Raises Conflict."""
        deps = self._deps
        member = User(
            deps.new_id("usr"),
            user.email,
            user.name,
            invite.role,
            deps.clock.now(),
            user.password_hash,
            user.identity,
        )
        event = deps.event(
            Actor(member.email, visitor.source), "member.join", member.id, role=member.role, invite=invite.id
        )
        await asyncio.to_thread(deps.members.join, event, member, invite)
        return await self._sessions.open(member, visitor, _how(member.identity))

    async def _invite(self, prefix: str, token: Secret) -> Invite:
        text = token.reveal()
        found = None
        if text.startswith(prefix) and len(text) < _LONGEST:
            found = await asyncio.to_thread(self._deps.members.invite_with, self._deps.verifier_of(token))
        if found is None or self._deps.clock.now() >= found.expires_at:
            raise NotPermitted(
                "The link is not good: it was used, withdrawn, or is too old. Ask for a new one; for the "
                "first owner: llm-gateway accounts setup-link.",
                code="link_invalid",
            )
        return found


def _how(identity: Identity | None) -> str:
    return "password" if identity is None else "oidc"
