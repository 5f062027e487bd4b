"""A gateway in process: everything real but the provider and what is kept between starts."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from llm_gateway.app.rulebooks import Rulebooks
from llm_gateway.domain.keys import Connection, GatewayKey, Route
from llm_gateway.domain.record import Record
from llm_gateway.domain.tokens import ENTROPY_BYTES, MintedToken, mint
from llm_gateway.domain.usage import Usage
from llm_gateway.pipeline.gateway import Gateway, Limits, Ports
from llm_gateway.pipeline.incoming import Incoming, Reply
from llm_gateway.pipeline.inspection import Inspection
from llm_gateway.policy import parse_policy
from llm_gateway.ports.clock import SystemClock
from llm_gateway.ports.directory import Snapshot
from llm_gateway.ports.upstream import Timeouts, UpstreamAnswer, UpstreamRequest
from llm_gateway.providers import BY_ID
from llm_gateway.stores.vault import LocalVault
from llm_gateway.wire.surfaces import Matched

POLICY = """
name: selftest
rules:
  - id: canary-injection
    when: {detector: injection, category: [injection, jailbreak], score: 0.8}
    then: block
  - {id: canary-secret, when: {detector: secrets, score: 0.8}, then: block}
  - {id: canary-card, when: {detector: pii, category: credit_card, score: 0.6}, then: mask, style: redact}
"""


class ScriptedUpstream:
    """Implements ports.Upstream with the answer it was given; keeps what it was sent."""

    def __init__(self) -> None:
        self.body = b""
        self.streamed = False
        self.sent: list[bytes] = []

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        self.sent.append(request.body)
        return _Answer(self.body, self.streamed)

    async def close(self) -> None:
        """Nothing is held open."""


@dataclass
class _Answer:
    body: bytes
    streamed: bool
    status: int = 200

    @property
    def headers(self) -> Mapping[str, str]:
        return {"content-type": "text/event-stream" if self.streamed else "application/json"}

    async def read(self, limit: int) -> bytes:
        return self.body

    async def chunks(self) -> AsyncIterator[bytes]:
        for at in range(0, len(self.body), 64):
            yield self.body[at : at + 64]

    async def close(self) -> None:
        """Nothing is held open."""


@dataclass
class _Kept:
    """Implements ports.RecordSink in memory."""

    records: list[Record] = field(default_factory=list)

    def put(self, record: Record) -> None:
        self.records.append(record)

    async def settled(self) -> None:
        """What is put is kept."""


@dataclass
class _Fixed:
    """Implements ports.Directory with one snapshot."""

    current: Snapshot


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one request."""

    status: int
    body: bytes
    upstream: list[bytes]
    record: Record


class Bench:
    """Sends requests through the gateway, to a provider that answers what it is told."""

    def __init__(self) -> None:
        self._upstream = ScriptedUpstream()
        self._kept = _Kept()
        self._vault = LocalVault({}, "", {1: bytes(32)})
        self._tokens = {
            name: mint(f"selftest{n:04d}", bytes([n]) * ENTROPY_BYTES) for n, name in enumerate(BY_ID)
        }
        rulebook = Rulebooks(parse_policy(POLICY)).default
        ports = Ports(
            directory=_Fixed(self._snapshot()),
            vault=self._vault,
            upstream=self._upstream,
            sink=self._kept,
            clock=SystemClock(),
            rulebook=lambda key: rulebook,
            price=_no_price,
        )
        self._gateway = Gateway(ports, Inspection(0), Limits(64, 1 << 20, 256, Timeouts()))

    async def send(
        self, matched: Matched, provider: str, body: Any, answer: Any | None, events: bytes | None
    ) -> Sent:
        """One request, answered with `events` where there are any, else with `answer`."""
        self._kept.records.clear()
        self._upstream.sent.clear()
        self._upstream.streamed = events is not None
        self._upstream.body = orjson.dumps(answer) if events is None else events
        token = self._tokens[provider].token.reveal()
        headers = [(b"authorization", f"Bearer {token}".encode())]
        reply = await self._gateway.exchange(Incoming(matched, headers, orjson.dumps(body)))
        whole = await _whole(reply)
        return Sent(reply.status, whole, list(self._upstream.sent), self._kept.records[0])

    def _snapshot(self) -> Snapshot:
        connections = {
            name: Connection(name, "selftest", name, "https://provider.invalid", "") for name in BY_ID
        }
        keys = {token.kid: self._key(name, token) for name, token in self._tokens.items()}
        return Snapshot(1, keys, connections)

    def _key(self, provider: str, token: MintedToken) -> GatewayKey:
        verifier = self._vault.verifier(token.token.reveal(), 1)
        return GatewayKey(
            kid=token.kid,
            project="selftest",
            name=provider,
            verifier=verifier,
            last4=token.last4,
            route=Route(provider, "selftest-model"),
        )


def _no_price(provider: str, model: str, usage: Usage) -> float | None:
    return None


async def _whole(reply: Reply) -> bytes:
    if reply.stream is None:
        return reply.body
    try:
        return b"".join([piece async for piece in reply.stream])
    finally:
        await reply.stream.aclose()
