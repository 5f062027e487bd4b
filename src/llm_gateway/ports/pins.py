"""Tool definitions as they were first seen."""

from collections.abc import Mapping
from typing import Protocol

MOST_PER_SCOPE = 2_000


class Pins(Protocol):
    """Remembers a digest for each tool of a scope (a gateway key)."""

    async def first(self, scope: str, digests: Mapping[str, str]) -> Mapping[str, str]:
        """The digests that were given first for these tools; those given now for tools that are new.

        A tool that is new where `MOST_PER_SCOPE` are known already is left out: it cannot be pinned.
        """
        ...


class PinStore(Pins, Protocol):
    """Pins that outlive the process."""

    def forget(self, scope: str, tool: str | None = None) -> int:
        """Forgets one tool or all tools of a scope, so that the next definition is pinned. Blocks."""
        ...


class MemoryPins:
    """Implements Pins for as long as the process lives."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    async def first(self, scope: str, digests: Mapping[str, str]) -> Mapping[str, str]:
        known = self._known.setdefault(scope, {})
        for name, digest in digests.items():
            if len(known) < MOST_PER_SCOPE:
                known.setdefault(name, digest)
        return {name: known[name] for name in digests if name in known}
