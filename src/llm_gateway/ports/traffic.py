"""Traffic in numbers, and records found by what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from llm_gateway.domain.record import AuditEvent, Record

ADDED_BOUNDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0)
"""Upper bounds, in milliseconds, of the classes of added latency; one more class lies above them."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What happened in a stretch of time. `start` is Unix seconds; `added` counts exchanges by class
    of added latency (see ADDED_BOUNDS), `cost_usd` leaves out what has no known price."""

    start: float = 0.0
    requests: int = 0
    blocked: int = 0
    masked: int = 0
    flagged: int = 0
    failed: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    last_time: float = 0.0
    added: tuple[int, ...] = (0,) * (len(ADDED_BOUNDS) + 1)


@dataclass(frozen=True, slots=True)
class RuleHits:
    """How often a rule led to an action."""

    rule: str
    action: str
    hits: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` until before `end` (Unix seconds), in steps of `span` seconds: 120, 1800, 14400, 43200."""

    start: float
    end: float
    span: int


@dataclass(frozen=True, slots=True)
class Sought:
    """Which records to find; what is None does not matter. Times are Unix seconds."""

    kid: str | None = None
    verdict: str | None = None
    model: str | None = None
    rule: str | None = None
    since: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """The values that occur in records."""

    models: Sequence[str]
    rules: Sequence[str]


class TrafficReader(Protocol):
    """Answers quickly however many records there are. Raises Unavailable."""

    def series(self, stretch: Stretch, kid: str | None = None) -> Sequence[Sums]:
        """A sum for each step, oldest first; steps without traffic are left out."""
        ...

    def by_key(self, stretch: Stretch) -> Sequence[tuple[str, Sums]]: ...

    def rules(self, stretch: Stretch, kid: str | None = None) -> Sequence[RuleHits]: ...

    def find(self, sought: Sought, *, limit: int, before: str | None = None) -> Sequence[Record]:
        """Newest first; `before` is the id of the last record of the previous page."""
        ...

    def facets(self, *, limit: int = 200) -> Facets: ...


class Marks(Protocol):
    """What people noted about exchanges."""

    def marked(self, record_id: str) -> bool:
        """Whether the exchange is marked as a false positive."""
        ...

    def mark(self, record_id: str, marked: bool, event: AuditEvent) -> None:
        """Sets or removes the mark, with its audit event in the same transaction."""
        ...
