"""The official clients read the lists of models."""

import anthropic
import httpx2
import openai
from google import genai
from google.genai import types

from llm_gateway.wire import models

NAMES = ["gpt-5.4", "claude-opus-5-0"]


def _http(body: bytes) -> httpx2.Client:
    def handle(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=body, headers={"content-type": "application/json"})

    return httpx2.Client(transport=httpx2.MockTransport(handle))


def test_openai() -> None:
    """A list and one model."""
    listing = openai.OpenAI(
        api_key="k", base_url="http://g/v1", http_client=_http(models.openai_list(NAMES, "gateway", 5))
    )
    one = openai.OpenAI(
        api_key="k", base_url="http://g/v1", http_client=_http(models.openai_one("m", "gateway", 5))
    )

    assert [model.id for model in listing.models.list()] == NAMES
    assert one.models.retrieve("m").owned_by == "gateway"


def test_anthropic() -> None:
    """A list of one page and one model."""
    listing = anthropic.Anthropic(api_key="k", http_client=_http(models.anthropic_list(NAMES, 5)))
    one = anthropic.Anthropic(api_key="k", http_client=_http(models.anthropic_one("m", 5)))

    assert [model.id for model in listing.models.list()] == NAMES
    assert one.models.retrieve("m").created_at.timestamp() == 5


def test_gemini() -> None:
    """A list of one page and one model."""
    listing, one = (
        genai.Client(
            api_key="k", http_options=types.HttpOptions(base_url="http://g", httpx_client=_http(body))
        )
        for body in (models.gemini_list(NAMES), models.gemini_one("models/m"))
    )

    assert [model.name for model in listing.models.list()] == ["models/gpt-5.4", "models/claude-opus-5-0"]
    assert one.models.get(model="m").name == "models/m"


def test_no_models() -> None:
    """An empty list is a list."""
    assert b'"first_id":null' in models.anthropic_list([], 5)
