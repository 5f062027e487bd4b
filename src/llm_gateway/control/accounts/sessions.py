"""Sessions: opened at sign-in, looked up with every request of a browser, ended by either side."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from llm_gateway.control.accounts.deps import AccountDeps
from llm_gateway.control.actor import Actor
from llm_gateway.control.permissions import PERMISSIONS
from llm_gateway.domain.accounts import Session, User
from llm_gateway.domain.errors import NotAuthenticated, NotFound
from llm_gateway.domain.secret import Secret

TOKEN_LENGTH = 43
SEEN_EVERY = 60.0
_AGENT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request comes from: its network address, and what the browser calls itself."""

    source: str
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as its browser gets it, once."""

    token: Secret
    session: Session
    user: User


@dataclass(frozen=True, slots=True)
class Found:
    """Who asks, and until when (Unix seconds) the session lasts at most."""

    session: Session
    user: User
    expires_at: float


class Sessions:
    """Use cases around sessions."""

    def __init__(self, deps: AccountDeps) -> None:
        self._deps = deps

    async def open(self, user: User, visitor: Visitor, how: str) -> Opened:
        """A new session. `how` the member proved itself goes into the audit event."""
        deps, now = self._deps, self._deps.clock.now()
        token = deps.new_token("")
        session = Session(
            id=deps.new_id("ses"),
            verifier=deps.verifier_of(token),
            user_id=user.id,
            created_at=now,
            seen_at=now,
            source=visitor.source,
            agent=_plain(visitor.agent),
        )
        event = deps.event(Actor(user.email, visitor.source), "session.open", session.id, how=how)
        dead = (now - deps.idle, now - deps.absolute)
        await asyncio.to_thread(deps.credentials.open_session, event, session, user, dead_before=dead)
        return Opened(token, session, user)

    @property
    def lasts(self) -> float:
        """Seconds that a session lasts at most."""
        return self._deps.absolute

    async def find(self, token: Secret) -> Found:
        """The member behind a session token. Raises NotAuthenticated, also for what has expired."""
        deps, now = self._deps, self._deps.clock.now()
        text = token.reveal()
        if len(text) != TOKEN_LENGTH:
            raise _ended()
        found = await asyncio.to_thread(deps.credentials.session_with, deps.verifier_of(token))
        if found is None:
            raise _ended()
        session, user = found
        expires_at = session.created_at + deps.absolute
        if now >= expires_at or now >= session.seen_at + deps.idle:
            raise _ended()
        if now >= session.seen_at + SEEN_EVERY:
            await asyncio.to_thread(deps.credentials.seen, session.id, now)
        return Found(session, user, expires_at)

    async def list(self, actor: Actor) -> Sequence[Session]:
        """The actor's live sessions, newest first."""
        deps, now = self._deps, self._deps.clock.now()
        found = await asyncio.to_thread(deps.credentials.sessions, actor.user_id)
        return [
            one for one in found if now < one.seen_at + deps.idle and now < one.created_at + deps.absolute
        ]

    async def end(self, actor: Actor, session_id: str) -> None:
        """Ends one of the actor's sessions. Raises NotFound for anybody else's."""
        event = self._deps.event(actor, "session.end", session_id)
        if not await asyncio.to_thread(self._deps.credentials.end_session, event, actor.user_id, session_id):
            raise NotFound("You have no such session.", code="session_not_found")

    async def end_others(self, actor: Actor) -> None:
        """Ends all of the actor's sessions but the one that asks."""
        event = self._deps.event(actor, "session.end_others", actor.user_id)
        await asyncio.to_thread(
            self._deps.credentials.end_other_sessions, event, actor.user_id, actor.session_id
        )


def actor_for(user: User, source: str, session_id: str = "") -> Actor:
    """The member as audit events name it."""
    return Actor(user.email, source, PERMISSIONS[user.role], user.id, session_id)


def _ended() -> NotAuthenticated:
    return NotAuthenticated("Sign in; there is no session, or it has ended.", code="no_session")


def _plain(agent: str) -> str:
    return "".join(character for character in agent[:_AGENT_LENGTH] if character.isprintable())
