"""Values to test with, and a clock that stands still until told otherwise."""

from dataclasses import dataclass, replace
from typing import Any

from llm_gateway.domain.keys import Connection, GatewayKey, Route
from llm_gateway.domain.record import AuditEvent, Coverage, FindingSummary, Latency, Outcome, Record
from llm_gateway.domain.usage import Usage

NOW = 1_800_000_000.0

FINDING = FindingSummary(
    rule="secrets",
    action="block",
    monitored=False,
    detector="secret",
    category="aws_key",
    score=0.9,
    provenance="user",
    path="messages[0].content",
    start=4,
    end=24,
    direction="request",
    view="text",
)


@dataclass
class StillClock:
    """Implements ports.Clock; `move` advances both clocks."""

    time: float = NOW

    def now(self) -> float:
        return self.time

    def ticks(self) -> float:
        return self.time

    def move(self, seconds: float) -> None:
        self.time += seconds


def a_key(kid: str = "aaaaaaaaaaaa", **fields: Any) -> GatewayKey:
    key = GatewayKey(kid, "default", "a key", b"\x01" * 32, "wxyz", created_at=NOW)
    return replace(key, **fields)


def a_connection(connection_id: str = "con_1", **fields: Any) -> Connection:
    connection = Connection(
        connection_id, "default", "openai", "https://api.openai.com/v1", "v1.k.box", "OpenAI", NOW
    )
    return replace(connection, **fields)


def a_route(connection_id: str = "con_1") -> Route:
    return Route(connection_id, "gpt-5.5", ("gpt-5.5", "gpt-5.4-mini"))


def an_event(event_id: str = "aud_1", **fields: Any) -> AuditEvent:
    event = AuditEvent(event_id, NOW, "cli:maria", "key.create", "aaaaaaaaaaaa", "default", "terminal")
    return replace(event, **fields)


def a_record(record_id: str = "rec_1", **fields: Any) -> Record:
    record = Record(
        id=record_id,
        time=NOW,
        kid="aaaaaaaaaaaa",
        project="default",
        surface="openai.chat",
        provider="openai",
        model="gpt-5.5",
        requested_model="gpt-5.4",
        streamed=True,
        outcome=Outcome.BLOCKED,
        status=400,
        error="content_policy_violation",
        verdict="block",
        rule="secrets",
        reason="a key of a known service",
        risk_score=0.9,
        policy="default@1",
        findings=(FINDING,),
        request=Coverage(3, 1, 120, {"identifier": 2}),
        answer=Coverage(),
        usage=Usage(10, 0, 4, 0),
        cost_usd=None,
        latency=Latency(1.5, 0.25, 0.0, 1.75),
    )
    return replace(record, **fields)
