"""OpenAI's other operations with the official SDK: responses and embeddings."""

from collections.abc import Iterator

import openai
import pytest

from llm_gateway.app.selftest.openai import Responses
from llm_gateway.app.selftest.places import Position
from tests.integration.formats.conftest import MakeKey, Scripted
from tests.support.gateway import RunningGateway
from tests.support.provider import events, json_answer

MODEL = "gpt-test"
CARD = "4111 1111 1111 1111"
SCRIPT = Responses()


@pytest.fixture
def client(format_gateway: RunningGateway, make_key: MakeKey) -> Iterator[openai.OpenAI]:
    key = make_key("openai", MODEL)
    with openai.OpenAI(base_url=f"{format_gateway.url}/v1", api_key=key, max_retries=0, timeout=10) as made:
        yield made


def test_a_response_is_made(client: openai.OpenAI, scripted: Scripted) -> None:
    """previous_response_id and unknown fields pass through untouched."""
    scripted.script(json_answer(SCRIPT.answer(Position.ANSWER_TEXT, "Good morning.")))

    made = client.responses.create(
        model=MODEL, input="Hello", previous_response_id="resp_0", extra_body={"x_new": {"a": 1}}
    )

    assert made.output_text == "Good morning."
    assert scripted.last.json["previous_response_id"] == "resp_0"
    assert scripted.last.json["x_new"] == {"a": 1}


def test_a_response_is_streamed(client: openai.OpenAI, scripted: Scripted) -> None:
    """The deltas and the completed response say the same."""
    stream = SCRIPT.events(Position.ANSWER_TEXT, "Good morning to everybody.")
    assert stream is not None
    scripted.script(events([stream]))
    text = ""

    for event in client.responses.create(model=MODEL, input="Hello", stream=True):
        if event.type == "response.output_text.delta":
            text += event.delta
        if event.type == "response.completed":
            assert event.response.output_text == "Good morning to everybody."

    assert text == "Good morning to everybody."


def test_masked_values_are_restored_in_deltas_and_in_the_whole(
    client: openai.OpenAI, scripted: Scripted
) -> None:
    """The completed response repeats the text; both hold the value."""
    scripted.script(json_answer(SCRIPT.answer(Position.ANSWER_TEXT, "fine")))
    client.responses.create(model=MODEL, input=f"Charge {CARD}")
    placeholder = scripted.last.json["input"].removeprefix("Charge ")
    stream = SCRIPT.events(Position.ANSWER_TEXT, f"I charged {placeholder} now.")
    assert stream is not None
    scripted.script(events([stream]))
    text, whole = "", ""

    for event in client.responses.create(model=MODEL, input=f"Charge {CARD}", stream=True):
        if event.type == "response.output_text.delta":
            text += event.delta
        if event.type == "response.completed":
            whole = event.response.output_text

    assert "4111" not in placeholder
    assert text == whole == f"I charged {CARD} now."


def test_a_block_inside_a_stream_raises(client: openai.OpenAI, scripted: Scripted) -> None:
    """Nothing of the secret goes out, and the SDK raises."""
    stream = SCRIPT.events(
        Position.ANSWER_TEXT, "As you asked: ghp_1a2B3c4D5e6F7g8H9i0J1k2L3m4N5o6P7q8R and more."
    )
    assert stream is not None
    scripted.script(events([event + b"\n\n" for event in stream.split(b"\n\n") if event], every=0.02))
    seen: list[object] = []

    with pytest.raises(openai.APIError):
        seen.extend(client.responses.create(model=MODEL, input="Hello", stream=True))

    assert seen
    assert "ghp_" not in "".join(getattr(event, "delta", "") for event in seen)


def test_texts_are_embedded(client: openai.OpenAI, scripted: Scripted) -> None:
    """Texts go through inspection, numbers come back."""
    data = [{"object": "embedding", "index": 0, "embedding": [0.5, 0.25]}]
    usage = {"prompt_tokens": 1, "total_tokens": 1}
    scripted.script(json_answer({"object": "list", "data": data, "model": MODEL, "usage": usage}))

    made = client.embeddings.create(model=MODEL, input="Hello", encoding_format="float")

    assert made.data[0].embedding == [0.5, 0.25]
    assert scripted.last.target == "/v1/embeddings"
