"""Pinned tool definitions in SQLite, answered from memory."""

import asyncio
import logging
from collections.abc import Mapping

from llm_gateway.domain.errors import Unavailable
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.pins import MOST_PER_SCOPE
from llm_gateway.stores.sqlite.database import Database

LOOK_AGAIN_AFTER = 1.0

_log = logging.getLogger(__name__)


class SqlitePins:
    """Implements ports.Pins.

    The database is asked only for what is new or differs, and of one scope at most once a second for
    the same question, so that nobody keeps it busy with changing tools. While it is away, what is
    new is pinned in memory.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[str, dict[str, str]] = {}
        self._asked_at: dict[str, float] = {}

    async def first(self, scope: str, digests: Mapping[str, str]) -> Mapping[str, str]:
        known = self._known.setdefault(scope, {})
        if any(known.get(name) != digest for name, digest in digests.items()) and self._may_ask(
            scope, digests, known
        ):
            try:
                known = await asyncio.to_thread(self._learn, scope, digests)
                self._known[scope] = known
            except Unavailable as error:
                _log.warning("tool definitions are pinned in memory only: %s", error.detail)
                known |= {name: digest for name, digest in digests.items() if name not in known}
        return {name: known[name] for name in digests if name in known}

    def forget(self, scope: str, tool: str | None = None) -> int:
        """Forgets one tool or all tools of a scope, so that the next definition is pinned. Blocks."""
        with self._database.writing() as connection:
            if tool is None:
                connection.execute("DELETE FROM tool_pins WHERE scope = ?", (scope,))
            else:
                connection.execute("DELETE FROM tool_pins WHERE scope = ? AND tool = ?", (scope, tool))
            return connection.changes()

    def _may_ask(self, scope: str, digests: Mapping[str, str], known: Mapping[str, str]) -> bool:
        now = self._clock.ticks()
        new = any(name not in known for name in digests) and len(known) < MOST_PER_SCOPE
        if not new and now - self._asked_at.get(scope, float("-inf")) < LOOK_AGAIN_AFTER:
            return False
        self._asked_at[scope] = now
        return True

    def _learn(self, scope: str, digests: Mapping[str, str]) -> dict[str, str]:
        with self._database.writing() as connection:
            rows = connection.execute("SELECT tool, digest FROM tool_pins WHERE scope = ?", (scope,))
            known: dict[str, str] = dict(rows)
            room = max(0, MOST_PER_SCOPE - len(known))
            new = [name for name in digests if name not in known][:room]
            connection.executemany(
                "INSERT INTO tool_pins (scope, tool, digest, first_seen) VALUES (?, ?, ?, ?)",
                [(scope, _plain(name), digests[name], self._clock.now()) for name in new],
            )
        return known | {name: digests[name] for name in new}


def _plain(name: str) -> str:
    """SQLite takes no half characters."""
    return name.encode(errors="replace").decode()
