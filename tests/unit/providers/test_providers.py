from pathlib import Path
from urllib.parse import urlsplit

import pytest

import llm_gateway.providers
from llm_gateway.providers import ALL, BY_ID, Auth, Provider, Speaks, credential_headers


def test_every_file_is_registered() -> None:
    """A provider's file is named after its id, and each file has its line."""
    folder = Path(llm_gateway.providers.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "provider", "prices", "catalogue"}

    assert {provider.id for provider in ALL} == set(BY_ID) == files


@pytest.mark.parametrize("provider", ALL, ids=lambda provider: provider.id)
def test_entries_are_complete(provider: Provider) -> None:
    """A provider has a name for people, speaks something, and its pages are real addresses."""
    assert provider.title
    assert provider.speaks
    for quirk in provider.quirks:
        assert quirk.text.endswith(".")
        assert urlsplit(quirk.page).scheme == "https"
    assert provider.key_optional or provider.key_page.startswith("https://")


@pytest.mark.parametrize("provider", ALL, ids=lambda provider: provider.id)
def test_keys_travel_encrypted(provider: Provider) -> None:
    """A provider that needs a key is reached by https."""
    if provider.base_url is not None:
        assert not provider.base_url.endswith("/")
        assert provider.key_optional or provider.base_url.startswith("https://")


def test_only_the_demo_is_simulated() -> None:
    """Nothing else is marked as a simulation, and the demo cannot be pointed elsewhere."""
    assert [(provider.id, provider.fixed) for provider in ALL if provider.simulated] == [("demo", True)]


@pytest.mark.parametrize(
    ("auth", "key", "headers"),
    [
        (Auth.BEARER, "sk-x", {"authorization": "Bearer sk-x"}),
        (Auth.X_API_KEY, "sk-x", {"x-api-key": "sk-x"}),
        (Auth.NONE, "sk-x", {}),
        (Auth.BEARER, "", {}),
    ],
)
def test_credential_headers(auth: Auth, key: str, headers: dict[str, str]) -> None:
    """The key goes where the provider looks for it, and no empty credential is sent."""
    assert credential_headers(auth, key) == headers


def test_anthropic_speaks_its_own_format() -> None:
    """Anthropic is native: its own format, header and version."""
    anthropic = BY_ID["anthropic"]

    assert anthropic.speaks == {Speaks.ANTHROPIC_MESSAGES}
    assert credential_headers(anthropic.auth, "k") == {"x-api-key": "k"}
    assert "anthropic-version" in anthropic.headers
