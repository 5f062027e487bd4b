"""What is never counted as found: values, patterns of values, hosts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from llm_gateway.policy.expressions import compiled, encoded

# An authority as browsers read it: a backslash is a slash, and what stands before the last @ is no host.
_AUTHORITY = re.compile(r"(?:[/\\]{2,})([^/\\?#\s\"'<>()\[\]]*)")
_MAIL = re.compile(r"[^\s@/\\]+@([\w.-]+)\Z")


@dataclass(frozen=True, slots=True)
class Allow:
    """`values` are compared without regard to case, `patterns` (RE2) must match the whole of what was
    found, and `hosts` allow addresses and links on these hosts and below them."""

    values: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()
    _compiled: tuple[Any, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozenset(value.casefold() for value in self.values))
        object.__setattr__(self, "hosts", frozenset(host.casefold().strip(".") for host in self.hosts))
        object.__setattr__(self, "_compiled", tuple(compiled(pattern) for pattern in self.patterns))

    def covers(self, found: str) -> bool:
        """Whether the text that was found is allowed."""
        if found.casefold() in self.values:
            return True
        if self._compiled:
            raw = encoded(found)
            if any(pattern.fullmatch(raw) for pattern in self._compiled):
                return True
        return bool(self.hosts) and self._only_hosts(found)

    def _only_hosts(self, found: str) -> bool:
        """Whether the text leads somewhere, and nowhere but to allowed hosts."""
        hosts = list(_hosts(found))
        return bool(hosts) and all(self._is_allowed(host) for host in hosts)

    def _is_allowed(self, host: str) -> bool:
        labels = host.split(".")
        return any(".".join(labels[at:]) in self.hosts for at in range(len(labels)))


def _hosts(found: str) -> Iterable[str]:
    for authority in _AUTHORITY.findall(found):
        host = authority.rpartition("@")[2]
        yield re.sub(r":\d*\Z", "", host).casefold().strip(".")
    if mail := _MAIL.match(found):
        yield mail[1].casefold().strip(".")
