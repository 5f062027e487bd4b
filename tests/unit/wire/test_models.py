"""The official clients read the lists of models."""

from llm_gateway.wire import models
from tests.support.official_clients import anthropic_client, google_client, openai_client

NAMES = ["gpt-5.4", "claude-opus-5-0"]


def test_openai() -> None:
    """A list and one model."""
    assert [
        model.id for model in openai_client(models.openai_list(NAMES, "gateway", 5)).models.list()
    ] == NAMES
    assert openai_client(models.openai_one("m", "gateway", 5)).models.retrieve("m").owned_by == "gateway"


def test_anthropic() -> None:
    """A list of one page and one model."""
    assert [model.id for model in anthropic_client(models.anthropic_list(NAMES, 5)).models.list()] == NAMES
    assert anthropic_client(models.anthropic_one("m", 5)).models.retrieve("m").created_at.timestamp() == 5


def test_gemini() -> None:
    """A list of one page and one model."""
    names = [model.name for model in google_client(models.gemini_list(NAMES)).models.list()]

    assert names == ["models/gpt-5.4", "models/claude-opus-5-0"]
    assert google_client(models.gemini_one("models/m")).models.get(model="m").name == "models/m"


def test_no_models() -> None:
    """An empty list is a list."""
    assert b'"first_id":null' in models.anthropic_list([], 5)
