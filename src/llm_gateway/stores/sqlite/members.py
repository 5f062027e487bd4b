"""Members and invitations in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from llm_gateway.domain.accounts import Identity, Invite, Role, User
from llm_gateway.domain.errors import Conflict
from llm_gateway.domain.record import AuditEvent
from llm_gateway.domain.secret import Secret
from llm_gateway.stores.sqlite.audit import insert_event
from llm_gateway.stores.sqlite.database import Database

USER_COLUMNS = "id, email, name, role, created_at, password_hash, issuer, subject"
_INVITE_COLUMNS = "id, verifier, role, email, invited_by, created_at, expires_at"
_USERS = f"SELECT {USER_COLUMNS} FROM users"  # noqa: S608
_INVITES = f"SELECT {_INVITE_COLUMNS} FROM invites"  # noqa: S608
_ADD_USER = f"INSERT INTO users ({USER_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_ADD_INVITE = f"INSERT INTO invites ({_INVITE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_CHANGE = (
    "UPDATE users SET email = ?, name = ?, role = ?, password_hash = ?, issuer = ?, subject = ? WHERE id = ?"
)


class SqliteMembers:
    """Implements ports.MemberStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has_owner(self) -> bool:
        with self._database.reading() as connection:
            return _owners(connection) > 0

    def user(self, user_id: str) -> User | None:
        return self._user("id = ?", user_id)

    def user_with_email(self, email: str) -> User | None:
        return self._user("email = ?", email)

    def user_with_identity(self, identity: Identity) -> User | None:
        return self._user("issuer = ? AND subject = ?", identity.issuer, identity.subject)

    def _user(self, where: str, *values: str) -> User | None:
        with self._database.reading() as connection:
            return _one_user(connection, where, *values)

    def users(self) -> Sequence[User]:
        with self._database.reading() as connection:
            return [user_from(row) for row in connection.execute(f"{_USERS} ORDER BY created_at, id")]

    def join(self, event: AuditEvent, user: User, invite: Invite) -> None:
        with self._database.writing() as writer:
            writer.execute("DELETE FROM invites WHERE id = ?", (invite.id,))
            if not writer.changes():
                raise Conflict(
                    "The link was used or withdrawn meanwhile; ask for a new one", code="link_used"
                )
            if not invite.invited_by and _owners(writer):
                raise Conflict("There is an owner already; sign in", code="owner_exists")
            _check_free(writer, user)
            writer.execute(_ADD_USER, _user_row(user))
            insert_event(writer, event)

    def change(self, event: AuditEvent, user: User, *, replaces: User, end_sessions: bool) -> None:
        with self._database.writing() as writer:
            check_unchanged(writer, replaces)
            _check_free(writer, user)
            writer.execute(_CHANGE, (*_user_row(user)[1:4], *_user_row(user)[5:], user.id))
            _check_owned(writer, replaces)
            if end_sessions:
                writer.execute("DELETE FROM sessions WHERE user_id = ?", (user.id,))
            insert_event(writer, event)

    def remove(self, event: AuditEvent, user: User) -> None:
        with self._database.writing() as writer:
            check_unchanged(writer, user)
            writer.execute("DELETE FROM users WHERE id = ?", (user.id,))
            writer.execute("DELETE FROM invites WHERE invited_by = ?", (user.id,))
            _check_owned(writer, user)
            insert_event(writer, event)

    def invite(self, event: AuditEvent, invite: Invite) -> None:
        with self._database.writing() as writer:
            writer.execute("DELETE FROM invites WHERE expires_at < ?", (event.time,))
            if not invite.invited_by:
                writer.execute("DELETE FROM invites WHERE invited_by = ''")
            writer.execute(_ADD_INVITE, _invite_row(invite))
            insert_event(writer, event)

    def invite_with(self, verifier: bytes) -> Invite | None:
        return self._invite("verifier = ?", verifier)

    def invite_for(self, email: str, now: float) -> Invite | None:
        return self._invite("email = ? AND expires_at > ? ORDER BY created_at DESC LIMIT 1", email, now)

    def _invite(self, where: str, *values: Any) -> Invite | None:
        with self._database.reading() as connection:
            row = connection.execute(f"{_INVITES} WHERE {where}", values).fetchone()
            return _invite_from(row) if row else None

    def invites(self, now: float) -> Sequence[Invite]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"{_INVITES} WHERE invited_by <> '' AND expires_at > ? ORDER BY created_at DESC, id DESC",
                (now,),
            )
            return [_invite_from(row) for row in rows]

    def withdraw(self, event: AuditEvent, invite_id: str) -> bool:
        with self._database.writing() as writer:
            writer.execute("DELETE FROM invites WHERE id = ? AND invited_by <> ''", (invite_id,))
            if not writer.changes():
                return False
            insert_event(writer, event)
            return True


def user_from(row: Sequence[Any]) -> User:
    """A member from the columns of USER_COLUMNS."""
    user_id, email, name, role, created_at, password_hash, issuer, subject = row
    return User(
        id=user_id,
        email=email,
        name=name,
        role=Role(role),
        created_at=created_at,
        password_hash=None if password_hash is None else Secret(password_hash),
        identity=None if issuer is None else Identity(issuer, subject),
    )


def _user_row(user: User) -> tuple[Any, ...]:
    stored = user.password_hash.reveal() if user.password_hash else None
    known = (user.identity.issuer, user.identity.subject) if user.identity else (None, None)
    return (user.id, user.email, user.name, user.role.value, user.created_at, stored, *known)


def _invite_row(invite: Invite) -> tuple[Any, ...]:
    times = (invite.created_at, invite.expires_at)
    return (invite.id, invite.verifier, invite.role.value, invite.email, invite.invited_by, *times)


def _invite_from(row: Sequence[Any]) -> Invite:
    invite_id, verifier, role, *others = row
    return Invite(invite_id, verifier, Role(role), *others)


def _one_user(connection: apsw.Connection, where: str, *values: str) -> User | None:
    row = connection.execute(f"{_USERS} WHERE {where}", values).fetchone()
    return user_from(row) if row else None


def _owners(connection: apsw.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM users WHERE role = 'owner'").get)


def _check_free(writer: apsw.Connection, user: User) -> None:
    same = _one_user(writer, "email = ?", user.email)
    if same is None and user.identity is not None:
        same = _one_user(writer, "issuer = ? AND subject = ?", user.identity.issuer, user.identity.subject)
    if same is not None and same.id != user.id:
        raise Conflict("There is a member with this address already", code="member_exists", param="email")


def check_unchanged(writer: apsw.Connection, expected: User) -> None:
    """Raises Conflict when the stored member is another than `expected`."""
    if _one_user(writer, "id = ?", expected.id) != expected:
        raise Conflict("The member was changed by somebody else meanwhile; look again", code="member_changed")


def _check_owned(writer: apsw.Connection, before: User) -> None:
    if before.role is Role.OWNER and not _owners(writer):
        raise Conflict("Somebody has to be owner; make another member owner first", code="last_owner")
