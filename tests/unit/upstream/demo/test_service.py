"""The simulated provider as a whole; the official SDK's models are the judge of its shapes."""

import json
import time
from typing import Any

import pytest
from openai.types import Model
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from llm_gateway.upstream.demo.request import MODEL
from llm_gateway.upstream.demo.service import Response, respond

TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def asked(content: Any = "Hello there", **fields: Any) -> Response:
    body = {"model": MODEL, "messages": [{"role": "user", "content": content}]} | fields
    return respond("POST", "/chat/completions", json.dumps(body).encode(), 1_700_000_000)


def completion(*args: Any, **fields: Any) -> ChatCompletion:
    return ChatCompletion.model_validate_json(asked(*args, **fields).body)


def chunks(*args: Any, **fields: Any) -> list[ChatCompletionChunk]:
    events = list(asked(*args, stream=True, **fields).events)
    assert events[-1] == b"data: [DONE]\n\n"
    assert all(event.startswith(b"data: ") and event.endswith(b"\n\n") for event in events)
    return [ChatCompletionChunk.model_validate_json(event[6:]) for event in events[:-1]]


def test_an_answer_has_all_that_the_sdk_reads() -> None:
    """The model, the text, the usage and the mark of a simulation."""
    answer = completion()

    assert answer.model == MODEL
    assert answer.system_fingerprint == "fp_simulated"
    assert answer.choices[0].finish_reason == "stop"
    assert "Hello there" in str(answer.choices[0].message.content)
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0


def test_the_same_bytes_get_the_same_answer() -> None:
    """Nothing is random."""
    assert asked().body == asked().body


def test_a_stream_says_what_the_whole_answer_says() -> None:
    """Word by word, and the pieces join to the same text."""
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks()]

    assert completion().choices[0].message.content == "".join(pieces)
    assert len(pieces) > 5


def test_usage_comes_in_the_last_chunk_when_asked_for() -> None:
    """With no choices; and not at all when not asked for."""
    last = chunks(stream_options={"include_usage": True})[-1]

    assert last.choices == []
    assert last.usage == completion().usage
    assert all(chunk.usage is None for chunk in chunks())


def test_a_tool_is_called_and_its_arguments_are_json() -> None:
    """The reason for the end says so."""
    choice = completion("What is the weather in Paris?", tools=[TOOL]).choices[0]

    assert choice.finish_reason == "tool_calls"
    assert choice.message.tool_calls is not None
    assert choice.message.tool_calls[0].type == "function"
    assert json.loads(choice.message.tool_calls[0].function.arguments) == {"city": "Paris"}


def test_a_streamed_tool_call_joins_to_the_whole_one() -> None:
    """The id and name come first, the arguments in pieces."""
    deltas = [chunk.choices[0].delta for chunk in chunks("What is the weather in Paris?", tools=[TOOL])]
    calls = [delta.tool_calls[0] for delta in deltas if delta.tool_calls]

    assert calls[0].id
    assert calls[0].function is not None
    assert calls[0].function.name == "get_weather"
    joined = "".join(call.function.arguments or "" for call in calls if call.function)
    assert json.loads(joined) == {"city": "Paris"}


def test_structured_output_fits_its_schema() -> None:
    """Exactly the required properties."""
    schema = {
        "type": "object",
        "properties": {"age": {"type": "integer"}, "name": {"type": "string"}},
        "required": ["age", "name"],
        "additionalProperties": False,
    }
    wanted = {"type": "json_schema", "json_schema": {"name": "person", "schema": schema, "strict": True}}

    content = completion("Maria is 41", response_format=wanted).choices[0].message.content

    assert json.loads(str(content)) == {"age": 41, "name": "simulated name"}


def test_json_mode_gives_an_object() -> None:
    """Marked as simulated."""
    content = completion(response_format={"type": "json_object"}).choices[0].message.content

    assert json.loads(str(content))["simulated"] is True


def test_a_schema_that_cannot_be_met_is_the_requests_fault() -> None:
    """Status 400 in the envelope of the API."""
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"$ref": "#"}}}
    response = asked(response_format=wanted)

    assert response.status == 400
    assert json.loads(response.body)["error"]["code"] == "invalid_schema"


def test_choices_are_as_many_as_asked_for_and_differ() -> None:
    """Each has its index."""
    answer = completion(n=3)

    assert [choice.index for choice in answer.choices] == [0, 1, 2]
    assert len({choice.message.content for choice in answer.choices}) == 3


def test_a_stop_sequence_ends_the_text_before_it() -> None:
    """And is not part of it."""
    choice = completion("alpha beta", stop=["beta", "never"]).choices[0]

    assert str(choice.message.content).endswith("alpha ")
    assert choice.finish_reason == "stop"


@pytest.mark.parametrize("field", ["max_tokens", "max_completion_tokens"])
def test_the_token_limit_cuts_the_text(field: str) -> None:
    """And the usage counts no more than the limit."""
    answer = completion("one two three four five", **{field: 4})

    assert answer.choices[0].finish_reason == "length"
    assert answer.choices[0].message.content == "Simulated answer:"
    assert answer.usage is not None
    assert answer.usage.completion_tokens == 4


@pytest.mark.parametrize("stream", [True, False])
def test_an_invalid_request_gets_the_error_envelope(stream: bool) -> None:
    """Also when a stream was asked for."""
    response = asked(stream=stream, temperature=9)

    error = json.loads(response.body)["error"]
    assert (response.status, response.streamed) == (400, False)
    assert (error["type"], error["param"]) == ("invalid_request_error", "temperature")


def test_models_lists_the_one_model() -> None:
    """And it can be retrieved by its name."""
    listed = json.loads(respond("GET", "/models", b"", 0).body)

    assert [Model.model_validate(model).id for model in listed["data"]] == [MODEL]
    assert Model.model_validate_json(respond("GET", f"/models/{MODEL}", b"", 0).body).id == MODEL


@pytest.mark.parametrize(("method", "path"), [("GET", "/chat/completions"), ("POST", "/x"), ("GET", "")])
def test_other_endpoints_are_not_found(method: str, path: str) -> None:
    """In the envelope of the API."""
    response = respond(method, path, b"", 0)

    assert response.status == 404
    assert json.loads(response.body)["error"]["code"] == "unknown_url"


@pytest.mark.parametrize("text", [" " * 2_000_000, "a" * 2_000_000, "in A" * 500_000, "ab\n \n" * 400_000])
def test_long_texts_cost_linear_time(text: str) -> None:
    """Two million characters are answered within a second or two."""
    started = time.perf_counter()

    asked(text, tools=[TOOL])

    assert time.perf_counter() - started < 3
