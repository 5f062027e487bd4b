"""One gateway and one strict provider for all tests of the SDK; the provider forgets between tests."""

from collections.abc import Iterator

import openai
import pytest

from tests.support.gateway import RunningGateway, running_gateway
from tests.support.provider import Provider


@pytest.fixture(scope="session")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningGateway]:
    with running_gateway(tmp_path_factory.mktemp("gateway"), LLM_GATEWAY_LOG_LEVEL="debug") as running:
        yield running


@pytest.fixture(scope="session")
def lasting_provider() -> Iterator[Provider]:
    with Provider() as running:
        yield running


@pytest.fixture(scope="session")
def key(gateway: RunningGateway, lasting_provider: Provider) -> str:
    made = gateway.key_for(lasting_provider.url)
    follow(gateway, made)
    return made


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
    from tests.support.gateway import eventually

    def known() -> bool:
        with openai.OpenAI(base_url=f"{gateway.url}/v1", api_key=made, max_retries=0) as probe:
            try:
                probe.models.list()
            except openai.AuthenticationError:
                return False
            return True

    eventually(known, timeout=3)
