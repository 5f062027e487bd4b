"""What the official clients send is read, and translated where the other format can say it."""

import functools
import json
from collections.abc import Callable
from typing import Any

import anthropic
import openai
import pytest
from google import genai
from google.genai import types
from pydantic import BaseModel

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Provenance
from llm_gateway.wire.surfaces import Matched, match
from llm_gateway.wire.translation import CODECS, Translation
from tests.support.official_clients import anthropic_client, google_client, last_request, openai_client

REFUSED = b'{"error":{"message":"no"}}'
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
DATA_URI = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string", "description": "which city"}}}


class Weather(BaseModel):
    """An answer with a shape."""

    city: str
    degrees: float


def _sent_by(client: object) -> tuple[Matched, Any]:
    request = last_request(client)
    found = match(request.method, request.url.path, request.url.query.decode(), set(request.headers))
    assert found is not None
    return found, json.loads(request.content)


def _openai(call: Callable[[openai.OpenAI], Any]) -> tuple[Matched, Any]:
    client = openai_client(REFUSED, 403)
    with pytest.raises(openai.APIError):
        call(client)
    return _sent_by(client)


def _anthropic(call: Callable[[anthropic.Anthropic], Any]) -> tuple[Matched, Any]:
    client = anthropic_client(REFUSED, 403)
    with pytest.raises(anthropic.APIError):
        call(client)
    return _sent_by(client)


def _google(call: Callable[[genai.Client], Any]) -> tuple[Matched, Any]:
    client = google_client(REFUSED, 403)
    with pytest.raises(genai.errors.APIError):
        call(client)
    return _sent_by(client)


def _everything_chat(client: openai.OpenAI) -> Any:
    said: dict[str, Any] = {
        "model": "m",
        "stream": True,
        "messages": [
            {"role": "system", "content": "Be kind."},
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": DATA_URI}},
                ],
            },
            {
                "role": "assistant",
                "tool_calls": [
                    {
                        "id": "c1",
                        "type": "function",
                        "function": {"name": "look", "arguments": '{"city":"Rome"}'},
                    },
                    {
                        "id": "c2",
                        "type": "function",
                        "function": {"name": "look", "arguments": '{"city":"Oslo"}'},
                    },
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": "warm"},
            {"role": "tool", "tool_call_id": "c2", "content": "cold"},
        ],
        "tools": [{"type": "function", "function": {"name": "look", "parameters": PARAMETERS}}],
        "tool_choice": "required",
        "temperature": 0.2,
        "max_completion_tokens": 100,
    }
    return client.chat.completions.create(**said)


def _everything_responses(client: openai.OpenAI) -> Any:
    said: dict[str, Any] = {
        "model": "m",
        "stream": True,
        "instructions": "Be kind.",
        "input": [
            {
                "role": "user",
                "content": [
                    {"type": "input_text", "text": "What is this?"},
                    {"type": "input_image", "image_url": DATA_URI, "detail": "auto"},
                ],
            },
            {"type": "function_call", "call_id": "c1", "name": "look", "arguments": '{"city":"Rome"}'},
            {"type": "function_call_output", "call_id": "c1", "output": "warm"},
        ],
        "tools": [{"type": "function", "name": "look", "parameters": PARAMETERS, "strict": False}],
        "tool_choice": "required",
        "temperature": 0.2,
        "max_output_tokens": 100,
    }
    return client.responses.create(**said)


def _everything_messages(client: anthropic.Anthropic) -> Any:
    said: dict[str, Any] = {
        "model": "m",
        "max_tokens": 100,
        "stream": True,
        "system": "Be kind.",
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is this?"},
                    {
                        "type": "image",
                        "source": {"type": "base64", "media_type": "image/png", "data": DATA_URI[22:]},
                    },
                ],
            },
            {
                "role": "assistant",
                "content": [{"type": "tool_use", "id": "c1", "name": "look", "input": {"city": "Rome"}}],
            },
            {
                "role": "user",
                "content": [{"type": "tool_result", "tool_use_id": "c1", "content": "warm"}],
            },
        ],
        "tools": [{"name": "look", "input_schema": PARAMETERS}],
        "tool_choice": {"type": "any"},
        "extra_body": {"temperature": 0.2},
    }
    return client.messages.create(**said)


def _everything_gemini(client: genai.Client) -> Any:
    contents: Any = [
        types.Content(
            role="user",
            parts=[
                types.Part.from_text(text="What is this?"),
                types.Part.from_bytes(data=PNG, mime_type="image/png"),
            ],
        ),
        types.Content(
            role="model", parts=[types.Part.from_function_call(name="look", args={"city": "Rome"})]
        ),
        types.Content(
            role="user",
            parts=[types.Part.from_function_response(name="look", response={"result": "warm"})],
        ),
    ]
    declared = types.FunctionDeclaration(name="look", parameters_json_schema=PARAMETERS)
    config = types.GenerateContentConfig(
        system_instruction="Be kind.",
        temperature=0.2,
        max_output_tokens=100,
        tools=[types.Tool(function_declarations=[declared])],
        tool_config=types.ToolConfig(
            function_calling_config=types.FunctionCallingConfig(mode=types.FunctionCallingConfigMode.ANY)
        ),
    )
    return list(client.models.generate_content_stream(model="m", contents=contents, config=config))


SENT = {
    "openai_chat": lambda: _openai(_everything_chat),
    "openai_responses": lambda: _openai(_everything_responses),
    "anthropic_messages": lambda: _anthropic(_everything_messages),
    "gemini_generate": lambda: _google(_everything_gemini),
}


@functools.cache
def _sent(wire: str) -> tuple[Matched, Any]:
    return SENT[wire]()


@pytest.mark.parametrize("wire", SENT)
def test_everything_a_client_sends_is_read(wire: str) -> None:
    """System prompt, question, picture, call, result and tool are found with their provenance."""
    found, body = _sent(wire)
    segments = found.format.read_request(body).segments

    assert found.wire == wire
    texts = {segment.text: segment.provenance for segment in segments}
    assert texts["Be kind."] is Provenance.OPERATOR
    assert texts["What is this?"] is Provenance.USER
    assert texts["warm"] is Provenance.TOOL
    assert texts["which city"] is Provenance.TOOL_DEFINITION
    assert any("Rome" in text and whose is Provenance.MODEL for text, whose in texts.items())
    assert texts[""] is Provenance.USER  # the picture, which cannot be read


@pytest.mark.parametrize("target", SENT)
@pytest.mark.parametrize("wire", SENT)
def test_everything_a_client_sends_is_carried_over(wire: str, target: str) -> None:
    """Text, picture, calls, results, tools and settings reach every other format, and nothing is dropped."""
    found, body = _sent(wire)
    translated = Translation(found.wire, target).request(body, model="m", stream=True)
    conversation = CODECS[target].parse_request(json.loads(json.dumps(translated.body)))

    said = json.dumps(translated.body)
    for text in ("Be kind.", "What is this?", "iVBORw0KGgo", "Rome", "warm", "which city", "look"):
        assert text in said
    assert conversation.choice is not None
    assert conversation.choice.choosing.value == "required"
    assert (conversation.sampling.temperature, conversation.sampling.max_tokens) == (0.2, 100)


@pytest.mark.parametrize(
    "sent",
    [
        lambda: _openai(
            lambda client: client.chat.completions.parse(
                model="m", messages=[{"role": "user", "content": "x"}], response_format=Weather
            )
        ),
        lambda: _openai(lambda client: client.responses.parse(model="m", input="x", text_format=Weather)),
        lambda: _google(
            lambda client: client.models.generate_content(
                model="m",
                contents="x",
                config=types.GenerateContentConfig(
                    response_mime_type="application/json", response_schema=Weather
                ),
            )
        ),
    ],
)
def test_structured_output_is_carried_over(sent: Callable[[], tuple[Matched, Any]]) -> None:
    """A schema made from a class reaches every other format as JSON schema."""
    found, body = sent()
    for target in CODECS:
        translated = Translation(found.wire, target).request(body, model="m", stream=False)
        output = CODECS[target].parse_request(translated.body).output

        assert output is not None
        assert output.schema is not None
        assert set(output.schema["properties"]) == {"city", "degrees"}
        assert output.schema["type"] == "object"


@pytest.mark.parametrize(
    ("sent", "surface"),
    [
        (lambda: _openai(lambda c: c.embeddings.create(model="m", input=["a", "b"])), "openai.embeddings"),
        (
            lambda: _anthropic(
                lambda c: c.messages.count_tokens(model="m", messages=[{"role": "user", "content": "x"}])
            ),
            "anthropic.count_tokens",
        ),
        (lambda: _google(lambda c: c.models.embed_content(model="m", contents="x")), "gemini.embed"),
        (lambda: _google(lambda c: c.models.count_tokens(model="m", contents="x")), "gemini.count_tokens"),
    ],
)
def test_the_smaller_operations_are_served(sent: Callable[[], tuple[Matched, Any]], surface: str) -> None:
    """Address and body of each are known."""
    found, body = sent()

    assert found.format.surface == surface
    assert found.format.read_request(body).segments


def test_what_the_provider_runs_is_refused_by_name() -> None:
    """A tool of one provider is no tool of another."""
    found, body = _anthropic(
        lambda c: c.messages.create(
            model="m",
            max_tokens=1,
            messages=[{"role": "user", "content": "x"}],
            tools=[{"type": "web_search_20250305", "name": "web_search"}],
        )
    )

    with pytest.raises(BadRequest) as caught:
        Translation(found.wire, "openai_chat").request(body, model="m", stream=False)
    assert caught.value.param == "tools[0]"
