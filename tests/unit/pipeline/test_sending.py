"""Retries, fallbacks, balancing and circuit breaking toward providers."""

from collections import Counter
from dataclasses import dataclass, field

import pytest

from llm_gateway.domain.errors import Unavailable, UpstreamFailed
from llm_gateway.domain.keys import Connection
from llm_gateway.limits.breaker import FAILURES, PAUSE
from llm_gateway.pipeline.exchange import Exchange
from llm_gateway.pipeline.incoming import Incoming
from llm_gateway.pipeline.sending import Sender, retry_after
from llm_gateway.pipeline.targets import Target
from llm_gateway.ports.upstream import Timeouts, UpstreamAnswer, UpstreamRequest
from tests.unit.pipeline.world import CHAT, FakeAnswer


@dataclass
class Clock:
    time: float = 1000.0

    def now(self) -> float:
        return self.time

    def ticks(self) -> float:
        return self.time


@dataclass
class Providers:
    """Each host answers what it is told to: statuses in turn, the last for ever; 0 is a dead line."""

    plans: dict[str, list[int]]
    headers: dict[str, str] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    answers: list[FakeAnswer] = field(default_factory=list)

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        plan = self.plans[request.url]
        status = plan[min(self.asked[request.url], len(plan) - 1)]
        self.asked[request.url] += 1
        if status == 0:
            raise UpstreamFailed("dead", code="upstream_unreachable")
        self.answers.append(FakeAnswer([b"{}"], status=status, headers=self.headers))
        return self.answers[-1]

    async def close(self) -> None:
        return None


def target(host: str, weight: int = 1, tier: int = 0) -> Target:
    return Target(Connection(host, "p", "openai", host, ""), "m", weight, tier)


def make(target: Target) -> UpstreamRequest:
    return UpstreamRequest("POST", target.connection.base_url, {}, b"", Timeouts())


def exchange(clock: Clock) -> Exchange:
    return Exchange(Incoming(CHAT, []), clock)


async def test_a_stumble_is_tried_again() -> None:
    """One 503 from a lone provider does not reach the client, and its answer is closed."""
    clock, providers = Clock(), Providers({"a": [503, 200]})
    one = exchange(clock)
    sent = await Sender(providers, clock).send(one, [target("a")], make)

    assert sent.answer.status == 200
    assert one.attempts == 2
    assert providers.answers[0].closed


@pytest.mark.parametrize("status", [200, 400, 401, 404, 422])
async def test_what_stands_is_not_tried_again(status: int) -> None:
    """A wrong request stays wrong."""
    clock, providers = Clock(), Providers({"a": [status], "b": [200]})
    sent = await Sender(providers, clock).send(exchange(clock), [target("a"), target("b", tier=1)], make)

    assert sent.answer.status == status
    assert providers.asked == {"a": 1}


async def test_fallbacks_are_asked_in_order() -> None:
    """Tier after tier, until one answers."""
    clock, providers = Clock(), Providers({"a": [500], "b": [0], "c": [200]})
    targets = [target("c", tier=2), target("a"), target("b", tier=1)]
    sent = await Sender(providers, clock).send(exchange(clock), targets, make)

    assert sent.target.connection.id == "c"
    assert providers.asked == {"a": 1, "b": 1, "c": 1}


async def test_the_last_refusal_is_passed_on_as_it_is() -> None:
    """When everything fails the client gets the provider's own words, open to be read."""
    clock, providers = Clock(), Providers({"a": [500], "b": [429]})
    sent = await Sender(providers, clock).send(exchange(clock), [target("a"), target("b", tier=1)], make)

    assert sent.answer.status == 429
    assert not providers.answers[-1].closed


async def test_a_dead_provider_is_left_alone_for_a_while() -> None:
    """After five failures nobody is sent there, and the error says when to come again."""
    clock, providers = Clock(), Providers({"a": [0]})
    sender = Sender(providers, clock)
    for _ in range(FAILURES):
        with pytest.raises((UpstreamFailed, Unavailable)):
            await sender.send(exchange(clock), [target("a")], make)
    asked = providers.asked["a"]
    with pytest.raises(Unavailable, match="try again in 5 s"):
        await sender.send(exchange(clock), [target("a")], make)

    assert providers.asked["a"] == asked
    providers.plans["a"] = [200]
    clock.time += PAUSE
    assert (await sender.send(exchange(clock), [target("a")], make)).answer.status == 200


async def test_a_long_retry_after_cools_the_connection_and_not_the_client() -> None:
    """The client gets the 429 at once; the next one is not sent into the same wall."""
    clock, providers = Clock(), Providers({"a": [429]}, {"retry-after": "30"})
    sender = Sender(providers, clock)
    first = await sender.send(exchange(clock), [target("a")], make)
    with pytest.raises(Unavailable):
        await sender.send(exchange(clock), [target("a")], make)

    assert first.answer.status == 429
    assert providers.asked["a"] == 1


async def test_a_flood_of_failures_costs_little_more_than_the_requests() -> None:
    """Attempts stay within 1.2 times the requests, whatever the provider answers."""
    clock, providers = Clock(), Providers({"a": [500], "b": [500]})
    sender = Sender(providers, clock)
    refused = 0
    for _ in range(300):
        clock.time += 0.2
        try:
            await sender.send(exchange(clock), [target("a"), target("b", tier=1)], make)
        except Unavailable:
            refused += 1

    assert sum(providers.asked.values()) <= 1.2 * 300 + 3
    assert refused > 0


async def test_weights_share_the_load() -> None:
    """Three to one, give or take."""
    clock, providers = Clock(), Providers({"a": [200], "b": [200]})
    sender = Sender(providers, clock)
    for _ in range(2000):
        await sender.send(exchange(clock), [target("a", weight=3), target("b")], make)

    assert 0.7 < providers.asked["a"] / 2000 < 0.8


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("Thu, 01 Jan 1970 00:17:00 GMT", 20.0),
        ("9" * 40, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(text: str, seconds: float | None) -> None:
    """Nonsense counts as nothing."""
    assert retry_after(text, 1000.0) == seconds
