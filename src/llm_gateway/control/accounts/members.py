"""Members and invitations, for those who may manage them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from llm_gateway.control.accounts import checks
from llm_gateway.control.accounts.deps import AccountDeps
from llm_gateway.control.accounts.joining import INVITE_PREFIX
from llm_gateway.control.actor import Actor
from llm_gateway.control.permissions import may_grant
from llm_gateway.domain.accounts import Invite, Role, User
from llm_gateway.domain.errors import NotFound, NotPermitted
from llm_gateway.domain.secret import Secret

INVITE_LASTS = 7 * 86_400.0


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as its maker gets it, once."""

    token: Secret
    invite: Invite


class Members:
    """Use cases around who belongs here. Nobody gives, changes or takes a role above his own."""

    def __init__(self, deps: AccountDeps) -> None:
        self._deps = deps

    async def list(self) -> Sequence[User]:
        return await asyncio.to_thread(self._deps.members.users)

    async def invites(self) -> Sequence[Invite]:
        """Open invitations, newest first."""
        return await asyncio.to_thread(self._deps.members.invites, self._deps.clock.now())

    async def invite(self, actor: Actor, role: Role, email: str = "") -> Invited:
        """A link for one new member, good for a week. With an address, only for its holder."""
        _check_rank(actor, role)
        deps, now = self._deps, self._deps.clock.now()
        address = checks.email(email) if email else ""
        token = deps.new_token(INVITE_PREFIX)
        invite = Invite(
            deps.new_id("inv"),
            deps.verifier_of(token),
            role,
            address,
            actor.user_id or actor.name,
            now,
            now + INVITE_LASTS,
        )
        event = deps.event(actor, "member.invite", invite.id, role=role, email=address)
        await asyncio.to_thread(deps.members.invite, event, invite)
        return Invited(token, invite)

    async def withdraw(self, actor: Actor, invite_id: str) -> None:
        """Ends an invitation. Raises NotFound."""
        event = self._deps.event(actor, "member.withdraw_invite", invite_id)
        if not await asyncio.to_thread(self._deps.members.withdraw, event, invite_id):
            raise NotFound("There is no such open invitation.", code="invite_not_found")

    async def set_role(self, actor: Actor, user_id: str, role: Role) -> User:
        """Changes a role, which ends the member's sessions. Raises Conflict for the last owner."""
        user = await self._found(user_id)
        _check_rank(actor, user.role)
        _check_rank(actor, role)
        if user.role is role:
            return user
        changed = replace(user, role=role)
        event = replace(
            self._deps.event(actor, "member.role", user_id, role=role), before={"role": user.role}
        )
        await asyncio.to_thread(self._deps.members.change, event, changed, replaces=user, end_sessions=True)
        return changed

    async def remove(self, actor: Actor, user_id: str) -> None:
        """Ends a membership with all its sessions and tokens. Raises Conflict for the last owner."""
        user = await self._found(user_id)
        _check_rank(actor, user.role)
        event = replace(
            self._deps.event(actor, "member.remove", user_id), before={"email": user.email, "role": user.role}
        )
        await asyncio.to_thread(self._deps.members.remove, event, user)

    async def _found(self, user_id: str) -> User:
        user = await asyncio.to_thread(self._deps.members.user, user_id)
        if user is None:
            raise NotFound("There is no such member.", code="member_not_found")
        return user


def _check_rank(actor: Actor, role: Role) -> None:
    if not may_grant(actor.permissions, role):
        raise NotPermitted(
            f"The role {role} is above your own; an owner has to do this.", code="role_too_high"
        )
