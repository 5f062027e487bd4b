"""Sessions and personal tokens in SQLite."""

from collections.abc import Sequence
from typing import Any

from llm_gateway.domain.accounts import PersonalToken, Role, Session, User
from llm_gateway.domain.record import AuditEvent
from llm_gateway.stores.sqlite.audit import insert_event
from llm_gateway.stores.sqlite.database import Database
from llm_gateway.stores.sqlite.members import USER_COLUMNS, check_unchanged, user_from

_SESSION = ("id", "verifier", "user_id", "created_at", "seen_at", "source", "agent")
_TOKEN = ("id", "verifier", "user_id", "name", "role", "created_at", "expires_at")
_OF_USER = ", ".join(f"users.{name}" for name in USER_COLUMNS.split(", "))


def _insert(table: str, columns: Sequence[str]) -> str:
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608


def _with_user(table: str, columns: Sequence[str]) -> str:
    own = ", ".join(f"{table}.{name}" for name in columns)
    return (
        f"SELECT {own}, {_OF_USER} FROM {table} "  # noqa: S608
        f"JOIN users ON users.id = {table}.user_id WHERE {table}.verifier = ?"
    )


# The statements are put together from the names above and nothing else.
_ADD_SESSION = _insert("sessions", _SESSION)
_ADD_TOKEN = _insert("personal_tokens", _TOKEN)
_FIND_SESSION = _with_user("sessions", _SESSION)
_FIND_TOKEN = _with_user("personal_tokens", _TOKEN)
_SESSIONS = f"SELECT {', '.join(_SESSION)} FROM sessions WHERE user_id = ? ORDER BY created_at DESC, id DESC"  # noqa: S608
_TOKENS = (
    f"SELECT {', '.join(_TOKEN)} FROM personal_tokens WHERE user_id = ? ORDER BY created_at DESC, id DESC"  # noqa: S608
)


class SqliteCredentials:
    """Implements ports.CredentialStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_session(
        self, event: AuditEvent, session: Session, user: User, *, dead_before: tuple[float, float]
    ) -> None:
        with self._database.writing() as writer:
            check_unchanged(writer, user)
            writer.execute("DELETE FROM sessions WHERE seen_at < ? OR created_at < ?", dead_before)
            writer.execute(_ADD_SESSION, tuple(getattr(session, name) for name in _SESSION))
            insert_event(writer, event)

    def session_with(self, verifier: bytes) -> tuple[Session, User] | None:
        with self._database.reading() as connection:
            row = connection.execute(_FIND_SESSION, (verifier,)).fetchone()
        return (Session(*row[: len(_SESSION)]), user_from(row[len(_SESSION) :])) if row else None

    def seen(self, session_id: str, now: float) -> None:
        with self._database.writing() as writer:
            writer.execute("UPDATE sessions SET seen_at = ? WHERE id = ?", (now, session_id))

    def sessions(self, user_id: str) -> Sequence[Session]:
        with self._database.reading() as connection:
            return [Session(*row) for row in connection.execute(_SESSIONS, (user_id,))]

    def end_session(self, event: AuditEvent, user_id: str, session_id: str) -> bool:
        return self._delete(event, "DELETE FROM sessions WHERE user_id = ? AND id = ?", user_id, session_id)

    def end_other_sessions(self, event: AuditEvent, user_id: str, session_id: str) -> None:
        self._delete(event, "DELETE FROM sessions WHERE user_id = ? AND id <> ?", user_id, session_id)

    def add_token(self, event: AuditEvent, token: PersonalToken) -> None:
        with self._database.writing() as writer:
            writer.execute(_ADD_TOKEN, _token_row(token))
            insert_event(writer, event)

    def token_with(self, verifier: bytes) -> tuple[PersonalToken, User] | None:
        with self._database.reading() as connection:
            row = connection.execute(_FIND_TOKEN, (verifier,)).fetchone()
        return (_token_from(row[: len(_TOKEN)]), user_from(row[len(_TOKEN) :])) if row else None

    def tokens(self, user_id: str) -> Sequence[PersonalToken]:
        with self._database.reading() as connection:
            return [_token_from(row) for row in connection.execute(_TOKENS, (user_id,))]

    def delete_token(self, event: AuditEvent, user_id: str, token_id: str) -> bool:
        return self._delete(
            event, "DELETE FROM personal_tokens WHERE user_id = ? AND id = ?", user_id, token_id
        )

    def _delete(self, event: AuditEvent, statement: str, *values: str) -> bool:
        with self._database.writing() as writer:
            writer.execute(statement, values)
            if not writer.changes():
                return False
            insert_event(writer, event)
            return True


def _token_row(token: PersonalToken) -> tuple[Any, ...]:
    return tuple(token.role.value if name == "role" else getattr(token, name) for name in _TOKEN)


def _token_from(row: Sequence[Any]) -> PersonalToken:
    values = dict(zip(_TOKEN, row, strict=True))
    return PersonalToken(**values | {"role": Role(values["role"])})
