"""Policies in SQLite."""

from collections.abc import Mapping, Sequence

import apsw

from llm_gateway.domain.errors import Conflict
from llm_gateway.domain.policies import LivePolicies, LivePolicy, Named, PolicyState, PolicyVersion
from llm_gateway.domain.record import AuditEvent
from llm_gateway.stores.sqlite.audit import insert_event
from llm_gateway.stores.sqlite.changes import note, seq
from llm_gateway.stores.sqlite.database import Database

_VERSION = "project, name, number, version, document, author, created_at"
_STATE = "project, name, active, previous, monitored"
_VERSIONS = f"SELECT {_VERSION} FROM policies WHERE project = ? AND name = ?"  # noqa: S608
_STATES = f"SELECT {_STATE} FROM policy_states WHERE project = ?"  # noqa: S608
_ALL_STATES = f"SELECT {_STATE} FROM policy_states"  # noqa: S608


class SqlitePolicyStore:
    """Implements ports.PolicyStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, event: AuditEvent, draft: PolicyVersion) -> PolicyVersion:
        named = (draft.project, draft.name)
        with self._database.writing() as writer:
            same = writer.execute(f"{_VERSIONS} AND version = ?", (*named, draft.version)).fetchone()
            if same:
                return PolicyVersion(*same)
            newest = writer.execute(f"{_VERSIONS} ORDER BY number DESC LIMIT 1", named).fetchone()
            number = 1 if newest is None else newest[2] + 1
            row = (*named, number, draft.version, draft.document, draft.author, draft.created_at)
            writer.execute(f"INSERT INTO policies ({_VERSION}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608
            writer.execute(
                "INSERT INTO policy_states (project, name) VALUES (?, ?) ON CONFLICT DO NOTHING", named
            )
            insert_event(writer, event)
            return PolicyVersion(*row)

    def versions(self, project: str, name: str) -> Sequence[PolicyVersion]:
        with self._database.reading() as connection:
            rows = connection.execute(f"{_VERSIONS} ORDER BY number DESC", (project, name))
            return [PolicyVersion(*row) for row in rows]

    def states(self, project: str) -> Sequence[PolicyState]:
        with self._database.reading() as connection:
            return [PolicyState(*row) for row in connection.execute(f"{_STATES} ORDER BY name", (project,))]

    def state(self, project: str, name: str) -> PolicyState | None:
        with self._database.reading() as connection:
            return _state(connection, (project, name))

    def attachments(self) -> Mapping[str, Named]:
        with self._database.reading() as connection:
            return _attachments(connection)

    def set_state(
        self,
        event: AuditEvent,
        state: PolicyState,
        *,
        replaces: PolicyState,
        attach: Sequence[str] = (),
        detach: Sequence[str] = (),
    ) -> int:
        with self._database.writing() as writer:
            if _state(writer, state.key) != replaces:
                raise Conflict(
                    "The policy was changed by somebody else meanwhile; read it again", code="policy_changed"
                )
            writer.execute(
                "UPDATE policy_states SET active = ?, previous = ?, monitored = ? "
                "WHERE project = ? AND name = ?",
                (state.active, state.previous, state.monitored, *state.key),
            )
            for scope in attach:
                writer.execute(
                    "INSERT INTO policy_attachments (scope, project, name) VALUES (?, ?, ?) "
                    "ON CONFLICT (scope) DO UPDATE SET project = excluded.project, name = excluded.name",
                    (scope, *state.key),
                )
            for scope in detach:
                writer.execute(
                    "DELETE FROM policy_attachments WHERE scope = ? AND project = ? AND name = ?",
                    (scope, *state.key),
                )
            note(writer, "policy", "/".join(state.key))
            insert_event(writer, event)
            return seq(writer)


def live_policies(connection: apsw.Connection) -> LivePolicies:
    """What holds, read within the transaction of a snapshot."""
    states = [PolicyState(*row) for row in connection.execute(_ALL_STATES)]
    policies = {
        state.key: LivePolicy(
            _version(connection, state.key, state.active), _version(connection, state.key, state.monitored)
        )
        for state in states
        if state.active is not None or state.monitored is not None
    }
    return LivePolicies(policies, _attachments(connection))


def _version(connection: apsw.Connection, named: Named, number: int | None) -> PolicyVersion | None:
    if number is None:
        return None
    row = connection.execute(f"{_VERSIONS} AND number = ?", (*named, number)).fetchone()
    return PolicyVersion(*row) if row else None


def _state(connection: apsw.Connection, named: Named) -> PolicyState | None:
    row = connection.execute(f"{_STATES} AND name = ?", named).fetchone()
    return PolicyState(*row) if row else None


def _attachments(connection: apsw.Connection) -> Mapping[str, Named]:
    rows = connection.execute("SELECT scope, project, name FROM policy_attachments")
    return {scope: (project, name) for scope, project, name in rows}
