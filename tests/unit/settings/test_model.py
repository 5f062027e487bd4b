"""Settings: where they come from, and how mistakes are named."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from llm_gateway.settings import SettingsError, load
from llm_gateway.settings.reference import entries, page

PAGE = Path(__file__).parents[3] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the machine the tests run on."""
    monkeypatch.chdir(tmp_path)
    for entry in entries():
        for variable in entry.variables:
            monkeypatch.delenv(variable, raising=False)


def test_options_win_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each source overrides the one below it; options that were not given do not count."""
    (tmp_path / "llm-gateway.toml").write_text('port = 1\nhost = "a"\nlog_level = "debug"\n')
    monkeypatch.setenv("LLM_GATEWAY_PORT", "2")
    monkeypatch.setenv("LLM_GATEWAY_HOST", "b")
    settings = load(None, port=3, host=None)

    assert (settings.port, settings.host, settings.log_level) == (3, "b", "debug")


def test_networks_are_read_from_a_list_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single address is a network of one."""
    monkeypatch.setenv("LLM_GATEWAY_EGRESS_ALLOW", "10.0.0.0/8, 127.0.0.1")

    assert load().egress_allow == (ip_network("10.0.0.0/8"), ip_network("127.0.0.1/32"))


def test_names_that_users_have_already_are_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The internal secret may come under its traditional name."""
    monkeypatch.setenv("INTERNAL_API_SECRET", "a-secret-of-good-length")
    secret = load().internal_api_secret

    assert secret is not None
    assert secret.get_secret_value() == "a-secret-of-good-length"


def test_an_empty_secret_means_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set to nothing opens nothing."""
    monkeypatch.setenv("LLM_GATEWAY_ADMIN_TOKEN", "")

    assert load().admin_token is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("prot = 1", "setting prot: no such setting"),
        ("port = 99999", "setting port: "),
        ('admin_token = "short"', "must have at least 16 characters"),
        ('egress_allow = "nonsense"', "setting egress_allow: "),
        ("port = ", "is not valid TOML"),
    ],
)
def test_mistakes_are_named_and_values_are_not_shown(tmp_path: Path, text: str, complaint: str) -> None:
    """The message names the setting and the remedy; a wrong value may be a secret."""
    file = tmp_path / "gateway.toml"
    file.write_text(text)

    with pytest.raises(SettingsError) as error:
        load(file)

    assert complaint in str(error.value)
    assert "short" not in str(error.value)


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    """A typing mistake in --config does not start a gateway with defaults."""
    with pytest.raises(SettingsError, match="no such settings file"):
        load(tmp_path / "missing.toml")


def test_the_page_lists_every_setting() -> None:
    """docs/settings.md is what `python -m llm_gateway.settings.reference` prints."""
    assert PAGE.read_text() == page()
