"""What is known of one exchange while it runs, and the record it leaves."""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from traceback import extract_tb

from llm_gateway.domain.errors import Blocked, GatewayError, UpstreamFailed
from llm_gateway.domain.ids import RANDOM_BYTES, new_id
from llm_gateway.domain.keys import BlockStyle, GatewayKey
from llm_gateway.domain.record import Coverage, FindingSummary, Latency, Outcome, Record
from llm_gateway.domain.text import Direction, Skipped, dotted
from llm_gateway.domain.usage import Usage
from llm_gateway.domain.verdict import ALLOWED, Hit, Verdict
from llm_gateway.pipeline.incoming import Incoming
from llm_gateway.pipeline.inspection import Inspected
from llm_gateway.ports.clock import Clock
from llm_gateway.wire.surfaces import Matched, Operation

_log = logging.getLogger(__name__)

# One record stays readable and bounded, whatever an attacker packs into a request.
MAX_FINDINGS = 100


@dataclass(slots=True)
class Side:
    """What was inspected in one direction."""

    segments: int = 0
    cached: int = 0
    characters: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def add(self, inspected: Inspected) -> None:
        self.segments += inspected.segments
        self.cached += inspected.cached
        self.characters += inspected.characters

    def skip(self, skipped: Sequence[Skipped]) -> None:
        counts = self.skipped
        for leaf in skipped:
            counts[leaf.reason] = counts.get(leaf.reason, 0) + 1

    def coverage(self) -> Coverage:
        return Coverage(self.segments, self.cached, self.characters, dict(self.skipped))


class Exchange:
    """One request and its answer, from the first byte to the record. Belongs to one task."""

    def __init__(self, incoming: Incoming, clock: Clock) -> None:
        self.incoming = incoming
        self.clock = clock
        self.time = clock.now()
        self.started = clock.ticks()
        self.id = new_id("req", self.time, secrets.token_bytes(RANDOM_BYTES))
        self.key: GatewayKey | None = None
        self.provider = ""
        self.model = ""
        self.models: tuple[str, ...] = ()
        self.requested_model = ""
        self.streamed = False
        self.policy = ""
        self.request = Side()
        self.answer = Side()
        self.hits: list[tuple[Direction, Hit]] = []
        self.verdict: Verdict = ALLOWED
        self.usage: Usage | None = None
        self.status = 0
        self.error = ""
        self.outcome = Outcome.ANSWERED
        self.inspection = 0.0
        self.provider_wait = 0.0
        self.attempts = 0
        self.dropped: tuple[str, ...] = ()
        self.busy_until: float | None = None
        self.recorded = False

    def judge(self, direction: Direction, verdict: Verdict) -> None:
        """Takes a verdict into account: the exchange's own is the most severe of all."""
        self.hits += [(direction, hit) for hit in verdict.hits]
        risk = max(self.verdict.risk_score, verdict.risk_score)
        worst = verdict if verdict.action > self.verdict.action else self.verdict
        self.verdict = worst if worst.risk_score == risk else _with_risk(worst, risk)

    def fail(self, error: GatewayError) -> None:
        """Notes how the exchange failed."""
        self.status, self.error = error.status, error.code
        if isinstance(error, Blocked):
            self.outcome = Outcome.BLOCKED
        else:
            failed = isinstance(error, UpstreamFailed)
            self.outcome = Outcome.FAILED if failed else Outcome.REFUSED

    def broke(self, problem: Exception) -> GatewayError:
        """Notes a defect of ours. The log gets its kind and place, never its message: it may hold text."""
        places = [f"{frame.name}:{frame.lineno}" for frame in extract_tb(problem.__traceback__)[-4:]]
        _log.error(
            "exchange %s failed: %s at %s", self.id, type(problem).__name__, " < ".join(reversed(places))
        )
        error = GatewayError(f"The gateway failed on this request; its log has more under {self.id}.")
        self.fail(error)
        self.outcome = Outcome.FAILED
        return error

    @property
    def block_style(self) -> BlockStyle:
        return self.key.block_style if self.key else BlockStyle.ERROR

    def overhead(self) -> float:
        """Milliseconds spent in the gateway until now, without the wait for the provider."""
        return (self.clock.ticks() - self.started - self.provider_wait) * 1000

    def headers(self) -> dict[str, str]:
        """What the gateway tells about itself in every answer."""
        headers = {
            "x-llm-gateway-request-id": self.id,
            "x-llm-gateway-verdict": self.verdict.action.word,
            "x-llm-gateway-inspection-ms": f"{self.inspection * 1000:.3f}",
            "x-llm-gateway-overhead-ms": f"{self.overhead():.3f}",
        }
        if self.verdict.rule:
            headers["x-llm-gateway-rule"] = self.verdict.rule
        if self.dropped:
            headers["x-llm-gateway-left-out"] = ", ".join(self.dropped)[:1000]
        if self.policy:
            headers["x-llm-gateway-policy"] = self.policy
        return headers

    def record(self, price: Callable[[str, str, Usage], float | None]) -> Record:
        """What is kept of the exchange. Holds no text of it."""
        total = (self.clock.ticks() - self.started) * 1000
        usage = self.usage or Usage()
        return Record(
            id=self.id,
            time=self.time,
            kid=self.key.kid if self.key else "",
            project=self.key.project if self.key else "",
            surface=_surface(self.incoming.matched),
            provider=self.provider,
            model=self.model,
            requested_model=self.requested_model[:128],
            streamed=self.streamed,
            outcome=self.outcome,
            status=self.status,
            error=self.error,
            verdict=self.verdict.action.word,
            rule=self.verdict.rule or "",
            reason=self.verdict.reason,
            risk_score=self.verdict.risk_score,
            policy=self.policy,
            findings=tuple(_summary(direction, hit) for direction, hit in self.hits[:MAX_FINDINGS]),
            request=self.request.coverage(),
            answer=self.answer.coverage(),
            usage=usage,
            cost_usd=price(self.provider, self.model, usage) if self.usage else None,
            latency=self._latency(total),
            attempts=self.attempts,
        )

    def _latency(self, total: float) -> Latency:
        inspection, provider = self.inspection * 1000, self.provider_wait * 1000
        busy = total if self.busy_until is None else (self.busy_until - self.started) * 1000
        return Latency(inspection, max(0.0, busy - provider - inspection), provider, total)


def _surface(matched: Matched) -> str:
    """The operation as records name it: `openai.chat`, `gemini.models`."""
    name = matched.format.surface
    if matched.surface.operation in (Operation.LIST_MODELS, Operation.GET_MODEL):
        return f"{name.partition('.')[0]}.models"
    return name


def _with_risk(verdict: Verdict, risk: float) -> Verdict:
    return Verdict(
        verdict.action, verdict.rule, verdict.reason, verdict.message, risk, verdict.hits, verdict.policy
    )


def _summary(direction: Direction, hit: Hit) -> FindingSummary:
    finding = hit.finding
    return FindingSummary(
        rule=hit.rule,
        action=hit.action.word,
        monitored=hit.monitored,
        detector=finding.detector,
        category=finding.category,
        score=round(finding.score, 4),
        provenance=hit.segment.provenance.value,
        path=dotted(hit.segment.path)[:200],
        start=finding.start,
        end=finding.end,
        direction=direction.value,
        view=finding.view,
    )
