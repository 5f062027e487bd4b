"""Where members and their credentials live, and how passwords are checked."""

from collections.abc import Sequence
from typing import Protocol

from llm_gateway.domain.accounts import Identity, Invite, PersonalToken, Session, User
from llm_gateway.domain.record import AuditEvent
from llm_gateway.domain.secret import Secret


class MemberStore(Protocol):
    """Members and invitations. Every change commits with its audit event in one transaction.

    All methods block, and raise Unavailable when the store is away or cannot write.
    """

    def has_owner(self) -> bool: ...

    def user(self, user_id: str) -> User | None: ...

    def user_with_email(self, email: str) -> User | None: ...

    def user_with_identity(self, identity: Identity) -> User | None: ...

    def users(self) -> Sequence[User]:
        """All members, by creation."""
        ...

    def join(self, event: AuditEvent, user: User, invite: Invite) -> None:
        """Makes a member and uses up the invitation.

        Raises Conflict when the invitation is gone, when the address or the identity belongs to a
        member, and for the link of the first start when there is an owner.
        """
        ...

    def change(self, event: AuditEvent, user: User, *, replaces: User, end_sessions: bool) -> None:
        """Keeps the changed member. Raises Conflict when the stored one is another than `replaces`
        by now, and when nobody would be owner afterwards."""
        ...

    def remove(self, event: AuditEvent, user: User) -> None:
        """Removes a member with sessions, personal tokens and open invitations. Raises Conflict as
        `change` does."""
        ...

    def invite(self, event: AuditEvent, invite: Invite) -> None:
        """Keeps an invitation. A link of the first start takes the place of earlier ones."""
        ...

    def invite_with(self, verifier: bytes) -> Invite | None: ...

    def invite_for(self, email: str, now: float) -> Invite | None:
        """The newest open invitation that names this address."""
        ...

    def invites(self, now: float) -> Sequence[Invite]:
        """Open invitations of members, newest first."""
        ...

    def withdraw(self, event: AuditEvent, invite_id: str) -> bool:
        """Deletes an open invitation; whether there was one."""
        ...


class CredentialStore(Protocol):
    """Sessions and personal tokens. Blocks, and raises Unavailable, as MemberStore does."""

    def open_session(
        self, event: AuditEvent, session: Session, user: User, *, dead_before: tuple[float, float]
    ) -> None:
        """Keeps a session, and deletes those last seen before the first time or made before the second.

        Raises Conflict when the stored member is another than `user` by now: a password that was
        changed while it was being checked opens nothing.
        """
        ...

    def session_with(self, verifier: bytes) -> tuple[Session, User] | None: ...

    def seen(self, session_id: str, now: float) -> None: ...

    def sessions(self, user_id: str) -> Sequence[Session]:
        """Newest first."""
        ...

    def end_session(self, event: AuditEvent, user_id: str, session_id: str) -> bool:
        """Whether the user had such a session."""
        ...

    def end_other_sessions(self, event: AuditEvent, user_id: str, session_id: str) -> None: ...

    def add_token(self, event: AuditEvent, token: PersonalToken) -> None: ...

    def token_with(self, verifier: bytes) -> tuple[PersonalToken, User] | None: ...

    def tokens(self, user_id: str) -> Sequence[PersonalToken]:
        """Newest first."""
        ...

    def delete_token(self, event: AuditEvent, user_id: str, token_id: str) -> bool:
        """Whether the user had such a token."""
        ...


class Passwords(Protocol):
    """Slow on purpose, and bounded: raises RateLimited when too many wait already."""

    async def hash(self, password: Secret) -> Secret: ...

    async def verify(self, stored: Secret | None, password: Secret) -> bool:
        """Takes as long for None, which nothing fits, as for a stored hash."""
        ...

    def outdated(self, stored: Secret) -> bool:
        """Whether the hash was made with other parameters than today's."""
        ...
