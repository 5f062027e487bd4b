"""A policy becomes active in a running gateway: at once, whole, and without losing a request."""

import asyncio
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from llm_gateway.app.installation import opened
from llm_gateway.app.policies import PolicyOffice
from llm_gateway.app.rulebooks import Rulebooks
from llm_gateway.app.workbench import PolicyBench
from llm_gateway.control import Actor, ControlDeps, Policies, Replays
from llm_gateway.domain.errors import BadRequest
from llm_gateway.policy import default_policy, parse_policy
from llm_gateway.policy.replay import Replay
from llm_gateway.settings import load
from tests.support.gateway import RunningGateway, running_gateway

ACTOR = Actor("test", "test")

# Each version says its own name in two rules, of which the first flags and the second blocks.
TEMPLATE = """
name: desk
rules:
  - {id: flag-%(n)s, when: {keywords: [alpha]}, then: flag}
  - {id: block-%(n)s, when: {keywords: [beta]}, then: block, message: version %(n)s}
"""
VERSIONS = {n: TEMPLATE % {"n": n} for n in (1, 2)}
LABELS = {n: parse_policy(text).label for n, text in VERSIONS.items()}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    with running_gateway(tmp_path_factory.mktemp("activation")) as running:
        yield running


class Client(threading.Thread):
    """Asks without a pause, and notes which policy and which rule each answer names."""

    def __init__(self, gateway: RunningGateway, text: str) -> None:
        super().__init__()
        body = {"model": "demo-simulated", "messages": [{"role": "user", "content": text}]}
        key = (gateway.data / "demo-key").read_text().strip()
        headers = {"content-type": "application/json", "authorization": f"Bearer {key}"}
        self._request = urllib.request.Request(
            f"{gateway.url}/v1/chat/completions", json.dumps(body).encode(), headers
        )
        self.seen: list[tuple[float, float, int, str, str]] = []
        self.stopping = False

    def run(self) -> None:
        while not self.stopping:
            began = time.monotonic()
            try:
                with urllib.request.urlopen(self._request) as answer:
                    status, headers = answer.status, answer.headers
            except urllib.error.HTTPError as error:
                status, headers = error.code, error.headers
                error.close()
            rule, policy = headers["x-llm-gateway-rule"], headers["x-llm-gateway-policy"]
            self.seen.append((began, time.monotonic(), status, policy, rule))


class Office:
    """The use cases on the installation of a running gateway, from another process than the gateway's."""

    def __init__(self, gateway: RunningGateway) -> None:
        self._data = gateway.data
        self._rulebooks = Rulebooks(default_policy())

    @contextmanager
    def _opened(self) -> Iterator[tuple[Policies, Replays, PolicyBench]]:
        async def vet(_url: str) -> None:
            """No address is entered here."""

        with opened(load(None, data_dir=self._data)) as found:
            here = PolicyOffice(found, self._rulebooks)
            deps = ControlDeps(store=found.keys, vault=found.vault, vet=vet, clock=found.clock)
            yield here.policies(deps), here.replays, here.bench

    def activate(self, text: str) -> float:
        """Keeps and activates a document; gives the time at which it was committed."""
        with self._opened() as (policies, _, _):
            kept = asyncio.run(policies.save(ACTOR, text))
            asyncio.run(policies.activate(ACTOR, kept.name, kept.number))
            return time.monotonic()

    def active(self) -> int | None:
        with self._opened() as (policies, _, _):
            return asyncio.run(policies.show("desk")).state.active

    def replay(self, text: str) -> Replay:
        with self._opened() as (_, replays, bench):
            return asyncio.run(replays.run(bench.read(text), seconds=3600)).found


@pytest.fixture(scope="module")
def office(gateway: RunningGateway) -> Office:
    return Office(gateway)


def asked(clients: list[Client], seconds: float, *, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Lets the clients ask for a while before and after something happens."""
    for client in clients:
        client.start()
    try:
        time.sleep(seconds / 3)
        meanwhile()
        time.sleep(seconds)
    finally:
        for client in clients:
            client.stopping = True
            client.join()


def test_activation_under_load_is_quick_and_whole(gateway: RunningGateway, office: Office) -> None:
    """Within a second every new request is judged by the new version, and none by a mixture."""
    office.activate(VERSIONS[1])
    time.sleep(1.0)
    clients = [Client(gateway, text) for text in ("alpha", "beta", "alpha and beta")]
    committed: list[float] = []
    asked(clients, 1.5, meanwhile=lambda: committed.append(office.activate(VERSIONS[2])))

    seen = [one for client in clients for one in client.seen]
    assert {policy for *_, policy, _ in seen} == set(LABELS.values())
    for began, _, status, policy, rule in seen:
        number = 1 if policy == LABELS[1] else 2
        assert (status, rule) in ((200, f"flag-{number}"), (400, f"block-{number}"))
        assert number == 2 or began < committed[0] + 1.0


def test_records_name_the_version_and_replay_reads_them(gateway: RunningGateway, office: Office) -> None:
    """What was judged by a version can be judged again by a draft."""
    office.activate(VERSIONS[1])
    client = Client(gateway, "beta")
    asked([client], 0.5)
    time.sleep(0.3)
    found = office.replay("name: desk\nrules: []\n")

    assert found.newly_allowed.count >= len(client.seen)
    assert found.newly_allowed.samples


def test_a_wrong_policy_changes_nothing(office: Office) -> None:
    """The old version stays, the gateway stays, the error names the line."""
    office.activate(VERSIONS[1])
    before = office.active()
    with pytest.raises(BadRequest, match="line 2: rules"):
        office.activate("name: desk\nrules: [{id: r, when: {detector: exfiltrations}, then: block}]\n")

    assert office.active() == before
