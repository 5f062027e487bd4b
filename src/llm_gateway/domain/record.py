"""What is kept of an exchange, and of an administrative act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from llm_gateway.domain.usage import Usage


class Outcome(StrEnum):
    """How an exchange ended, whatever the verdict."""

    ANSWERED = "answered"
    BLOCKED = "blocked"
    REFUSED = "refused"
    FAILED = "failed"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True)
class FindingSummary:
    """A finding without the matched text: where it was, what it was, what was done."""

    rule: str
    action: str
    monitored: bool
    detector: str
    category: str
    score: float
    provenance: str
    path: str
    start: int
    end: int
    direction: str
    view: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was inspected. `skipped` counts string leaves by the reason they were left out."""

    segments: int = 0
    cached: int = 0
    characters: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds. `provider` is the wait for the first byte of the answer; `total` is to the last byte."""

    inspection: float = 0.0
    gateway: float = 0.0
    provider: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Record:
    """One exchange. Holds no prompt, no answer, no matched text and no credential."""

    id: str
    time: float
    kid: str
    project: str
    surface: str
    provider: str
    model: str
    requested_model: str
    streamed: bool
    outcome: Outcome
    status: int
    error: str
    verdict: str
    rule: str
    reason: str
    risk_score: float
    policy: str
    findings: tuple[FindingSummary, ...]
    request: Coverage
    answer: Coverage
    usage: Usage
    cost_usd: float | None
    latency: Latency
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """An administrative act: who did what to which target. `before` and `after` never hold secrets."""

    id: str
    time: float
    actor: str
    action: str
    target: str
    project: str
    source: str = ""
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
