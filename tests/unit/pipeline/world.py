"""A small world around the gateway: fakes with memory, real policies, masks and formats."""

import hmac
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field, replace

import orjson

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.keys import Connection, GatewayKey, Route
from llm_gateway.domain.record import Record
from llm_gateway.domain.secret import Secret
from llm_gateway.domain.text import Direction
from llm_gateway.domain.tokens import mint
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.inspector import Inspector
from llm_gateway.pipeline.gateway import Gateway, Limits, Ports
from llm_gateway.pipeline.incoming import Incoming, Reply
from llm_gateway.pipeline.inspection import Inspection
from llm_gateway.pipeline.judging import Rulebook
from llm_gateway.policy import Policy, parse_policy
from llm_gateway.ports.clock import SystemClock
from llm_gateway.ports.directory import Snapshot
from llm_gateway.ports.upstream import Timeouts, UpstreamAnswer, UpstreamRequest
from llm_gateway.wire.formats import FORMATS
from llm_gateway.wire.surfaces import SURFACES, Matched

CHAT = Matched(SURFACES[0], FORMATS["openai_chat"], "", None)
POLICY = """
name: test
rules:
  - {id: attacks, when: {detector: injection, direction: request}, then: block, message: No attacks.}
  - {id: leaks, when: {detector: secrets}, then: block}
  - {id: cards, when: {detector: pii, category: credit_card, direction: request}, then: mask}
  - {id: answer-cards, when: {detector: pii, direction: answer}, then: mask, style: redact}
"""
PROVIDER_KEY = "sk-provider-0123456789"
MINTED = mint("abcdefghijkl", bytes(range(32)))
TOKEN = MINTED.token.reveal()


@dataclass
class PatternDetector:
    """Finds what its expression matches. `broken` makes it fail, `looked` counts its work."""

    name: str
    category: str
    pattern: str
    broken: bool = False
    looked: int = 0
    version: str = "1"

    def find(self, reading: Reading) -> Iterable[Finding]:
        if self.broken:
            raise RuntimeError(f"cannot read {reading.text}")
        self.looked += len(reading.text)
        for match in re.finditer(self.pattern, reading.text):
            yield Finding(self.name, self.category, 0.95, *match.span(), f"a {self.category}")


class FakeVault:
    def verifier(self, token: str, pepper_version: int) -> bytes:
        return hmac.digest(b"pepper", token.encode(), "sha256")

    def seal(self, connection_id: str, project: str, provider: str, base_url: str, key: Secret) -> str:
        return key.reveal()

    def open(self, connection: Connection) -> Secret:
        return Secret(connection.sealed_key)


@dataclass
class FakeAnswer:
    """What the provider says: whole when read, in the given pieces when streamed."""

    pieces: list[bytes]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    closed: bool = False

    async def read(self, limit: int) -> bytes:
        return b"".join(self.pieces)

    async def chunks(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece

    async def close(self) -> None:
        self.closed = True


@dataclass
class FakeUpstream:
    """Gives the prepared answer and keeps what it was sent."""

    answer: FakeAnswer
    sent: list[UpstreamRequest] = field(default_factory=list)

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        self.sent.append(request)
        return self.answer

    async def close(self) -> None:
        return None


@dataclass
class Sink:
    records: list[Record] = field(default_factory=list)

    def put(self, record: Record) -> None:
        self.records.append(record)

    async def settled(self) -> None:
        return None


@dataclass
class FixedDirectory:
    current: Snapshot


KEY = GatewayKey(
    kid=MINTED.kid,
    project="default",
    name="test",
    verifier=FakeVault().verifier(TOKEN, 1),
    last4="0000",
    route=Route("con_1", "gpt-test"),
)
CONNECTION = Connection("con_1", "default", "openai", "https://api.example.com/v1", PROVIDER_KEY)


@dataclass
class World:
    """A gateway with everything it touches."""

    answer: FakeAnswer
    key: GatewayKey = KEY
    policy: Policy = field(default_factory=lambda: parse_policy(POLICY))

    def __post_init__(self) -> None:
        self.detectors = [
            PatternDetector("injection", "injection", r"ignore previous"),
            PatternDetector("secrets", "token", r"sk-live-\w+"),
            PatternDetector("pii", "credit_card", r"\b4111(?:[ -]?\d{4}){3}\b"),
        ]
        self.upstream = FakeUpstream(self.answer)
        self.sink = Sink()
        rulebook = Rulebook(self.policy, {side: self._inspector(side) for side in Direction})
        ports = Ports(
            directory=FixedDirectory(Snapshot(1, {self.key.kid: self.key}, {CONNECTION.id: CONNECTION})),
            vault=FakeVault(),
            upstream=self.upstream,
            sink=self.sink,
            clock=SystemClock(),
            rulebook=lambda key: rulebook,
            price=lambda provider, model, usage: float(usage.input + usage.output),
        )
        self.gateway = Gateway(ports, Inspection(1000), Limits(64, 1 << 20, 256, Timeouts()))

    def _inspector(self, direction: Direction) -> Inspector:
        return Inspector(found for found in self.detectors if found.name in self.policy.detectors(direction))

    async def ask(self, body: bytes | object, *, token: str | None = TOKEN) -> Reply:
        """Sends one chat request with the gateway key."""
        raw = body if isinstance(body, bytes) else orjson.dumps(body)
        headers = [(b"authorization", f"Bearer {token}".encode())] if token is not None else []
        return await self.gateway.exchange(Incoming(CHAT, headers, raw))

    @property
    def record(self) -> Record:
        """The one record that was kept."""
        assert len(self.sink.records) == 1
        return self.sink.records[0]


def completion(content: str, **more: object) -> FakeAnswer:
    """A whole answer with this text."""
    message = {"role": "assistant", "content": content}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "gpt-test-0101",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12},
        **more,
    }
    return FakeAnswer([orjson.dumps(body)])


def streamed(*texts: str) -> FakeAnswer:
    """A streamed answer with these pieces of text."""
    events = [orjson.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}) for text in texts]
    pieces = [b"data: " + event + b"\n\n" for event in (*events, b"[DONE]")]
    return FakeAnswer(pieces, headers={"content-type": "text/event-stream"})


def chat(content: object, **more: object) -> dict[str, object]:
    """A request with one user message."""
    return {"model": "gpt-test", "messages": [{"role": "user", "content": content}], **more}


async def body_of(reply: Reply) -> bytes:
    """The whole body of a reply, streamed or not."""
    if reply.stream is None:
        return reply.body
    try:
        return b"".join([piece async for piece in reply.stream])
    finally:
        await reply.stream.aclose()


def with_key(**changes: object) -> GatewayKey:
    return replace(KEY, **changes)  # type: ignore[arg-type]
