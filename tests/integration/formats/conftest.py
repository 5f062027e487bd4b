"""One gateway, and one provider that answers any path with what the test scripts."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import openai
import pytest

from llm_gateway.control import Destination, NewKey
from llm_gateway.domain.secret import Secret
from tests.support.gateway import ACTOR, PROVIDER_KEY, RunningGateway, eventually, running_gateway
from tests.support.provider import Answer, Provider, Received, error

MakeKey = Callable[[str, str], str]


class Scripted(Provider):
    """Speaks no format of its own: every request gets the next scripted answer."""

    def _answer(self, received: Received) -> Answer:
        return self._script.popleft() if self._script else error(404, "nothing scripted", "test")


@pytest.fixture(scope="session")
def format_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    folder: Path = tmp_path_factory.mktemp("formats")
    with running_gateway(folder) as running:
        yield running


@pytest.fixture(scope="session")
def lasting_scripted() -> Iterator[Scripted]:
    with Scripted() as running:
        yield running


@pytest.fixture
def scripted(lasting_scripted: Scripted) -> Scripted:
    lasting_scripted.reset()
    return lasting_scripted


@pytest.fixture(scope="session")
def make_key(format_gateway: RunningGateway, lasting_scripted: Scripted) -> MakeKey:
    """Gives a key that leads to the scripted provider as the named provider, once per name."""
    made: dict[tuple[str, str], str] = {}

    def make(provider: str, model: str) -> str:
        if (provider, model) not in made:
            destination = Destination(provider, Secret(PROVIDER_KEY), lasting_scripted.url)
            with format_gateway.keys() as keys:
                issued = asyncio.run(keys.create(ACTOR, NewKey(destination, model)))
            made[provider, model] = issued.token.reveal()
            _follow(format_gateway, made[provider, model])
        return made[provider, model]

    return make


def _follow(gateway: RunningGateway, token: str) -> None:
    """Waits until the running gateway knows the key."""

    def known() -> bool:
        with openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=token, max_retries=0) as probe:
            try:
                probe.models.list()
            except openai.AuthenticationError:
                return False
            return True

    eventually(known, timeout=3)
