"""What members do with their own account: password, personal tokens."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from llm_gateway.control import checks as texts
from llm_gateway.control.accounts import checks
from llm_gateway.control.accounts.deps import AccountDeps
from llm_gateway.control.accounts.sessions import Opened, Sessions, Visitor, actor_for
from llm_gateway.control.accounts.signin import Throttle
from llm_gateway.control.actor import Actor
from llm_gateway.control.permissions import PERMISSIONS, may_grant
from llm_gateway.domain.accounts import PersonalToken, Role, User
from llm_gateway.domain.errors import BadRequest, Conflict, NotAuthenticated, NotFound, NotPermitted
from llm_gateway.domain.secret import Secret

TOKEN_PREFIX = "lgwp_"
TOKEN_LENGTH = len(TOKEN_PREFIX) + 43
MOST_TOKENS = 50
DAY = 86_400.0
LONGEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A personal token as its owner gets it, once."""

    secret: Secret
    token: PersonalToken


class OwnAccount:
    """Passwords are changed, and tokens made, in a browser only: a leaked token cannot renew itself."""

    def __init__(self, deps: AccountDeps, sessions: Sessions, throttle: Throttle) -> None:
        self._deps = deps
        self._sessions = sessions
        self._throttle = throttle

    async def change_password(self, actor: Actor, old: Secret, new: Secret, visitor: Visitor) -> Opened:
        """Ends all sessions and opens a new one. Raises NotPermitted when `old` is wrong."""
        _check_browser(actor)
        user = await self._user(actor)
        self._throttle.account(user.email, self._deps.clock.ticks())
        if not await self._deps.passwords.verify(user.password_hash, checks.normal(old)):
            raise NotPermitted("The present password is wrong.", code="wrong_password")
        hashed = await self._deps.passwords.hash(checks.password(new, user.email))
        changed = replace(user, password_hash=hashed)
        event = self._deps.event(actor, "member.password", user.id)
        await asyncio.to_thread(self._deps.members.change, event, changed, replaces=user, end_sessions=True)
        return await self._sessions.open(changed, visitor, "password")

    async def tokens(self, actor: Actor) -> Sequence[PersonalToken]:
        """The actor's tokens, newest first, expired ones included."""
        return await asyncio.to_thread(self._deps.credentials.tokens, actor.user_id)

    async def create_token(self, actor: Actor, name: str, role: Role, days: int) -> IssuedToken:
        """A credential for scripts with the rights of `role`, which must not be above the actor's."""
        _check_browser(actor)
        name = texts.text(name, "name", longest=texts.NAME_LENGTH)
        if not 1 <= days <= LONGEST_DAYS:
            raise BadRequest(f"days must be 1 to {LONGEST_DAYS}.", param="days")
        if not may_grant(actor.permissions, role):
            raise NotPermitted(f"The role {role} is above your own.", code="role_too_high")
        if len(await self.tokens(actor)) >= MOST_TOKENS:
            raise Conflict(f"You have {MOST_TOKENS} tokens; delete some first.", code="too_many_tokens")
        deps, now = self._deps, self._deps.clock.now()
        secret = deps.new_token(TOKEN_PREFIX)
        token = PersonalToken(
            deps.new_id("tok"), deps.verifier_of(secret), actor.user_id, name, role, now, now + days * DAY
        )
        event = deps.event(actor, "token.create", token.id, name=name, role=role, expires_at=token.expires_at)
        await asyncio.to_thread(deps.credentials.add_token, event, token)
        return IssuedToken(secret, token)

    async def delete_token(self, actor: Actor, token_id: str) -> None:
        """Ends one of the actor's tokens. Raises NotFound for anybody else's."""
        event = self._deps.event(actor, "token.delete", token_id)
        if not await asyncio.to_thread(self._deps.credentials.delete_token, event, actor.user_id, token_id):
            raise NotFound("You have no such token.", code="token_not_found")

    async def holder(self, secret: Secret, source: str) -> Actor:
        """Who acts with a personal token. Raises NotAuthenticated."""
        found = None
        if len(secret.reveal()) == TOKEN_LENGTH:
            verifier = self._deps.verifier_of(secret)
            found = await asyncio.to_thread(self._deps.credentials.token_with, verifier)
        if found is None or self._deps.clock.now() >= found[0].expires_at:
            raise NotAuthenticated(
                "The personal token is not good: it was deleted or has expired.", code="invalid_credential"
            )
        token, user = found
        permissions = PERMISSIONS[token.role] & PERMISSIONS[user.role]
        return replace(actor_for(user, source), permissions=permissions)

    async def _user(self, actor: Actor) -> User:
        user = await asyncio.to_thread(self._deps.members.user, actor.user_id)
        if user is None:
            raise NotFound("You are no longer a member.", code="member_not_found")
        return user


def _check_browser(actor: Actor) -> None:
    if not actor.session_id:
        raise NotPermitted("Sign in with a browser for this.", code="session_needed")
