"""Official SDKs in front of providers that speak another format: nobody notices."""

from collections.abc import Iterator
from typing import Any

import anthropic
import openai
import pytest
from google import genai
from google.genai import errors, types

from llm_gateway.app.selftest.anthropic import Messages
from llm_gateway.app.selftest.openai import Chat
from llm_gateway.app.selftest.places import Position
from tests.integration.formats.conftest import MakeKey, Scripted
from tests.support.gateway import PROVIDER_KEY, RunningGateway
from tests.support.provider import events, json_answer

GPT, CLAUDE = "gpt-test", "claude-test"
CARD = "4111 1111 1111 1111"
CHAT, MESSAGES = Chat(), Messages()
TOOL: Any = {
    "name": "look",
    "description": "Looks things up",
    "input_schema": {"type": "object", "properties": {"q": {"type": "string"}}, "required": ["q"]},
}


@pytest.fixture
def claude_client(format_gateway: RunningGateway, make_key: MakeKey) -> Iterator[anthropic.Anthropic]:
    """Anthropic's SDK with a key that leads to OpenAI."""
    key = make_key("openai", GPT)
    with anthropic.Anthropic(base_url=format_gateway.url, api_key=key, max_retries=0, timeout=10) as made:
        yield made


@pytest.fixture
def gpt_client(format_gateway: RunningGateway, make_key: MakeKey) -> Iterator[openai.OpenAI]:
    """OpenAI's SDK with a key that leads to Anthropic."""
    key = make_key("anthropic", CLAUDE)
    with openai.OpenAI(base_url=f"{format_gateway.url}/v1", api_key=key, max_retries=0, timeout=10) as made:
        yield made


@pytest.fixture
def gemini_client(format_gateway: RunningGateway, make_key: MakeKey) -> Iterator[genai.Client]:
    """Google's SDK with a key that leads to OpenAI."""
    options = types.HttpOptions(base_url=format_gateway.url, timeout=10_000)
    made = genai.Client(api_key=make_key("openai", GPT), http_options=options)
    yield made
    made.close()


def test_anthropics_sdk_talks_to_openai(claude_client: anthropic.Anthropic, scripted: Scripted) -> None:
    """System prompt, tools and limits are said in OpenAI's words, with OpenAI's credential."""
    scripted.script(json_answer(CHAT.answer(Position.ANSWER_ARGUMENTS, "Paris")))

    message = claude_client.messages.create(
        model="claude-anything",
        max_tokens=50,
        system="Be kind.",
        messages=[{"role": "user", "content": "Where?"}],
        tools=[TOOL],
    )
    sent = scripted.last.json

    assert scripted.last.target == "/v1/chat/completions"
    assert scripted.last.header("authorization") == f"Bearer {PROVIDER_KEY}"
    assert sent["model"] == GPT
    assert sent["messages"][0] == {"role": "system", "content": "Be kind."}
    assert sent["tools"][0]["function"]["name"] == "look"
    assert sent["max_completion_tokens"] == 50
    call = next(block for block in message.content if block.type == "tool_use")
    assert (call.name, call.input) == ("look", {"q": "Paris"})
    assert message.stop_reason in ("tool_use", "end_turn")


def test_anthropics_sdk_streams_from_openai_with_masks_restored(
    claude_client: anthropic.Anthropic, scripted: Scripted
) -> None:
    """Masking, translation and restoring work together, however the stream is cut."""
    scripted.script(json_answer(CHAT.answer(Position.ANSWER_TEXT, "fine")))
    asked: Any = [{"role": "user", "content": f"Charge {CARD}"}]
    claude_client.messages.create(model=CLAUDE, max_tokens=50, messages=asked)
    placeholder = scripted.last.json["messages"][-1]["content"].removeprefix("Charge ")
    stream = CHAT.events(Position.ANSWER_TEXT, f"I charged {placeholder} for you.")
    assert stream is not None
    scripted.script(events([stream[at : at + 33] for at in range(0, len(stream), 33)]))

    with claude_client.messages.stream(model=CLAUDE, max_tokens=50, messages=asked) as got:
        text = "".join(got.text_stream)

    assert "4111" not in placeholder
    assert text == f"I charged {CARD} for you."


def test_openais_sdk_talks_to_anthropic(gpt_client: openai.OpenAI, scripted: Scripted) -> None:
    """The same the other way round, usage included."""
    scripted.script(json_answer(MESSAGES.answer(Position.ANSWER_TEXT, "Good morning.")))

    answer = gpt_client.chat.completions.create(
        model="gpt-anything",
        max_completion_tokens=50,
        messages=[{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hello"}],
    )

    assert scripted.last.target == "/v1/messages"
    assert scripted.last.header("x-api-key") == PROVIDER_KEY
    assert scripted.last.json["max_tokens"] == 50
    assert answer.choices[0].message.content == "Good morning."
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None
    assert answer.usage.total_tokens == 2


def test_openais_sdk_streams_from_anthropic(gpt_client: openai.OpenAI, scripted: Scripted) -> None:
    """Text arrives in pieces and the stream ends properly."""
    stream = MESSAGES.events(Position.ANSWER_TEXT, "Good morning to everybody here.")
    assert stream is not None
    scripted.script(events([stream]))

    got = gpt_client.chat.completions.create(
        model=GPT, stream=True, messages=[{"role": "user", "content": "Hello"}]
    )
    chunks = list(got)

    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == (
        "Good morning to everybody here."
    )
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_googles_sdk_talks_to_openai(gemini_client: genai.Client, scripted: Scripted) -> None:
    """Whole and streamed."""
    stream = CHAT.events(Position.ANSWER_TEXT, "Good morning to you.")
    assert stream is not None
    scripted.script(json_answer(CHAT.answer(Position.ANSWER_TEXT, "Hello.")), events([stream]))

    whole = gemini_client.models.generate_content(model="gemini-x", contents="Hello")
    parts = [
        part.text or ""
        for part in gemini_client.models.generate_content_stream(model="gemini-x", contents="Hi")
    ]

    assert whole.text == "Hello."
    assert "".join(parts) == "Good morning to you."


def test_a_block_inside_a_translated_stream_raises(gpt_client: openai.OpenAI, scripted: Scripted) -> None:
    """In the client's dialect, whatever the provider speaks."""
    stream = MESSAGES.events(
        Position.ANSWER_TEXT, "As you asked: ghp_1a2B3c4D5e6F7g8H9i0J1k2L3m4N5o6P7q8R and more."
    )
    assert stream is not None
    scripted.script(events([stream]))
    seen: list[Any] = []

    with pytest.raises(openai.APIError):
        seen.extend(
            gpt_client.chat.completions.create(
                model=GPT, stream=True, messages=[{"role": "user", "content": "Hello"}]
            )
        )

    assert "ghp_" not in repr(seen)


def test_a_providers_error_is_said_in_the_clients_dialect(
    gpt_client: openai.OpenAI, gemini_client: genai.Client, scripted: Scripted
) -> None:
    """The status stays, the envelope is the client's."""
    overloaded = {"type": "error", "error": {"type": "rate_limit_error", "message": "slow down"}}
    scripted.script(*[json_answer(overloaded, 429)] * 2)
    with pytest.raises(openai.RateLimitError, match="slow down"):
        gpt_client.chat.completions.create(model=GPT, messages=[{"role": "user", "content": "Hello"}])

    scripted.script(*[json_answer({"error": {"message": "slow down"}}, 429)] * 2)
    with pytest.raises(errors.ClientError, match="slow down") as raised:
        gemini_client.models.generate_content(model="gemini-x", contents="Hello")
    assert raised.value.code == 429


def test_what_cannot_be_carried_over_is_named(gpt_client: openai.OpenAI, scripted: Scripted) -> None:
    """Never dropped in silence."""
    with pytest.raises(openai.BadRequestError) as refused:
        gpt_client.chat.completions.create(
            model=GPT, messages=[{"role": "user", "content": "Hello"}], logit_bias={"50256": -100}
        )

    assert "logit_bias" in str(refused.value)
    assert scripted.requests == []
