"""One gateway and one strict provider for all tests of the SDK; the provider forgets between tests."""

from collections.abc import Iterator

import openai
import pytest

from tests.support.gateway import RunningGateway, eventually, running_gateway
from tests.support.provider import Provider

POOL = 100


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    with running_gateway(tmp_path_factory.mktemp("gateway"), LLM_GATEWAY_LOG_LEVEL="debug") as running:
        yield running


@pytest.fixture(scope="session")
def lasting_provider() -> Iterator[Provider]:
    with Provider() as running:
        yield running


@pytest.fixture(scope="session")
def pool(gateway: RunningGateway, lasting_provider: Provider) -> list[str]:
    """Keys for many tests, made together because a gateway follows within a second, not at once."""
    made = gateway.keys_for(lasting_provider.url, POOL)
    follow(gateway, made[0])
    return made


@pytest.fixture
def key(pool: list[str]) -> str:
    """A key of its own, and so a connection of its own: what fails in one test is left alone there."""
    return pool.pop()


@pytest.fixture
def provider(lasting_provider: Provider) -> Iterator[Provider]:
    lasting_provider.reset()
    yield lasting_provider
    lasting_provider.assert_content()


@pytest.fixture
def client(gateway: RunningGateway, key: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=key, max_retries=0, timeout=10) as made:
        yield made


def follow(gateway: RunningGateway, made: str) -> None:
    """Waits until the running gateway knows a key that another process made."""

    def known() -> bool:
        with openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=made, max_retries=0) as probe:
            try:
                probe.models.list()
            except openai.AuthenticationError:
                return False
            return True

    eventually(known, timeout=3)
