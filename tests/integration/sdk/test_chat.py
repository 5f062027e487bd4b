"""The official SDK with only its base URL and key replaced."""

import base64
import json
from typing import Any

import openai
from pydantic import BaseModel

from tests.support.gateway import MODEL
from tests.support.provider import Provider, completion, events
from tests.support.provider.answers import chunk, stream_of

MESSAGES: list[Any] = [{"role": "user", "content": "Hello"}]
TOOL: Any = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}
CALL = {
    "id": "call_1",
    "type": "function",
    "function": {"name": "get_weather", "arguments": '{"city": "Paris"}'},
}


def test_a_chat_is_answered(client: openai.OpenAI, provider: Provider) -> None:
    """The text, the usage and the model are the provider's."""
    provider.script(completion("Good morning."))

    answer = client.chat.completions.create(model=MODEL, messages=MESSAGES)

    assert answer.choices[0].message.content == "Good morning."
    assert answer.usage is not None
    assert answer.usage.total_tokens == 18
    assert provider.last.json["messages"] == MESSAGES


def test_the_model_is_the_keys(client: openai.OpenAI, provider: Provider) -> None:
    """Whatever model the application names, a pinned key leads to its own."""
    client.chat.completions.create(model="something-else", messages=MESSAGES)

    assert provider.last.json["model"] == MODEL


def test_every_answer_says_what_the_gateway_did(client: openai.OpenAI, provider: Provider) -> None:
    """Request id, verdict and times are in the headers."""
    headers = client.chat.completions.with_raw_response.create(model=MODEL, messages=MESSAGES).headers

    assert headers["x-llm-gateway-verdict"] == "allow"
    assert headers["x-llm-gateway-request-id"].startswith("req")
    assert float(headers["x-llm-gateway-inspection-ms"]) >= 0
    assert float(headers["x-llm-gateway-overhead-ms"]) > 0
    assert len(provider.requests) == 1


def test_a_stream_arrives_word_by_word(client: openai.OpenAI, provider: Provider) -> None:
    """The pieces join to the whole, and the usage comes when it was asked for."""
    words = [f"word{number} " for number in range(50)]
    usage = {"prompt_tokens": 5, "completion_tokens": 50, "total_tokens": 55}
    provider.script(events(stream_of(words, usage=usage)))

    told = list(
        client.chat.completions.create(
            model=MODEL, messages=MESSAGES, stream=True, stream_options={"include_usage": True}
        )
    )

    joined = "".join(one.choices[0].delta.content or "" for one in told if one.choices)
    assert joined == "".join(words)
    assert told[-1].usage is not None
    assert told[-1].usage.total_tokens == 55
    assert provider.last.json["stream_options"] == {"include_usage": True}


def test_a_tool_is_called_and_its_result_sent(client: openai.OpenAI, provider: Provider) -> None:
    """Both ways, as an agent does it."""
    provider.script(completion("", content=None, tool_calls=[CALL]), completion("It is mild in Paris."))
    first = client.chat.completions.create(model=MODEL, messages=MESSAGES, tools=[TOOL])
    called = first.choices[0].message
    assert called.tool_calls is not None
    assert called.tool_calls[0].type == "function"
    assert json.loads(called.tool_calls[0].function.arguments) == {"city": "Paris"}

    result = {"role": "tool", "tool_call_id": "call_1", "content": "17 degrees and cloudy"}
    second = client.chat.completions.create(
        model=MODEL,
        messages=[*MESSAGES, called.model_dump(exclude_none=True), result],  # type: ignore[list-item]
        tools=[TOOL],
    )

    assert second.choices[0].message.content == "It is mild in Paris."
    assert provider.last.json["tools"] == [TOOL]
    assert provider.last.json["messages"][2] == result


def test_a_streamed_tool_call_joins_to_valid_arguments(client: openai.OpenAI, provider: Provider) -> None:
    """The id comes first, the arguments in pieces."""
    pieces = ['{"ci', 'ty": "Pa', 'ris"}']
    start: Any = CALL | {"index": 0, "function": {"name": "get_weather", "arguments": ""}}
    told = [chunk({"role": "assistant", "content": None, "tool_calls": [start]})]
    told += [chunk({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}) for piece in pieces]
    provider.script(events([*told, chunk({}, "tool_calls"), b"data: [DONE]\n\n"]))

    with client.chat.completions.stream(model=MODEL, messages=MESSAGES, tools=[TOOL]) as stream:
        final = stream.get_final_completion()

    assert final.choices[0].finish_reason == "tool_calls"
    assert final.choices[0].message.tool_calls is not None
    assert json.loads(final.choices[0].message.tool_calls[0].function.arguments) == {"city": "Paris"}


class Person(BaseModel):
    name: str
    age: int


def test_structured_output_is_parsed(client: openai.OpenAI, provider: Provider) -> None:
    """The schema reaches the provider, the instance comes back."""
    provider.script(completion('{"name": "Maria", "age": 41}'))

    answer = client.chat.completions.parse(model=MODEL, messages=MESSAGES, response_format=Person)

    assert answer.choices[0].message.parsed == Person(name="Maria", age=41)
    sent = provider.last.json["response_format"]
    assert sent["json_schema"]["schema"]["properties"]["age"]["type"] == "integer"


def test_images_pass_unchanged(client: openai.OpenAI, provider: Provider) -> None:
    """As a data URL and as a link."""
    pixel = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(200))).decode()
    content: Any = [
        {"type": "text", "text": "What is in these?"},
        {"type": "image_url", "image_url": {"url": pixel, "detail": "low"}},
        {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}},
    ]

    client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": content}])

    assert provider.last.json["messages"][0]["content"] == content


def test_models_are_listed(client: openai.OpenAI, provider: Provider) -> None:
    """The key's model is among them."""
    assert MODEL in [model.id for model in client.models.list()]


async def test_many_at_once_get_each_its_own_answer(gateway: Any, key: str, provider: Provider) -> None:
    """Answers never cross between requests."""
    import asyncio

    provider.script(*(completion(f"answer {number}") for number in range(40)))
    async with openai.AsyncOpenAI(base_url=f"{gateway.url}/v1", api_key=key, max_retries=0) as client:

        async def ask(number: int) -> str | None:
            messages: Any = [{"role": "user", "content": f"question {number}"}]
            made = await client.chat.completions.create(model=MODEL, messages=messages)
            return made.choices[0].message.content

        answers = await asyncio.gather(*(ask(number) for number in range(40)))

    order = [int(one.json["messages"][0]["content"].split()[1]) for one in provider.requests]
    assert answers == [f"answer {order.index(number)}" for number in range(40)]
