"""What the simulated provider accepts and refuses."""

import json
from typing import Any

import pytest

from llm_gateway.upstream.demo.request import MODEL, Refused, parse

USER = {"role": "user", "content": "Hello"}
GOOD: dict[str, Any] = {"model": MODEL, "messages": [USER]}
CALL = {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


def refused(body: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        parse(body if isinstance(body, bytes) else json.dumps(body).encode())
    return caught.value


def test_a_minimal_request_gets_the_defaults_of_the_api() -> None:
    """One choice, no stream, no stop sequence, no limit."""
    request = parse(json.dumps(GOOD).encode())

    assert (
        request.n,
        request.stream,
        request.include_usage,
        request.stop,
        request.max_tokens,
    ) == (1, False, False, (), None)


def test_fields_that_the_api_does_not_list_are_ignored() -> None:
    """Compatible providers differ in what they add."""
    assert parse(json.dumps(GOOD | {"x_new": {"deep": [1]}}).encode()).n == 1


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 100_000, b'{"a": NaN}', b'{"a": Infinity}'])
def test_what_is_not_json_is_refused(raw: bytes) -> None:
    """Also what is nearly JSON, and what would overflow the stack of a parser."""
    assert refused(raw).status == 400


@pytest.mark.parametrize("name", ["model", "messages"])
def test_a_missing_field_is_named(name: str) -> None:
    """The code and the field are those of OpenAI."""
    error = refused({key: value for key, value in GOOD.items() if key != name})

    assert ("missing_required_parameter", name) == (error.code, error.param)


def test_another_model_is_not_found() -> None:
    """The status is 404, as OpenAI answers."""
    error = refused(GOOD | {"model": "gpt-9"})

    assert (error.status, error.code, error.param) == (404, "model_not_found", "model")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("model", 7),
        ("messages", []),
        ("messages", "Hello"),
        ("messages", ["Hello"]),
        ("stream", "yes"),
        ("stream", 1),
        ("n", 0),
        ("n", True),
        ("n", 9),
        ("n", 1.0),
        ("stop", ["a", "b", "c", "d", "e"]),
        ("stop", [1]),
        ("max_tokens", 0),
        ("max_completion_tokens", "10"),
        ("temperature", 2.1),
        ("temperature", "hot"),
        ("top_p", -0.1),
        ("presence_penalty", 3),
        ("tools", {"type": "function"}),
        ("tool_choice", 3),
        ("response_format", "json"),
        ("metadata", []),
        ("seed", 1.5),
    ],
)
def test_a_wrong_type_or_range_is_refused_with_the_field(field: str, value: Any) -> None:
    """The message names the field and never repeats its value."""
    error = refused(GOOD | {field: value})

    assert (400, "invalid_value", field) == (error.status, error.code, error.param)


@pytest.mark.parametrize(
    ("messages", "param"),
    [
        ([{"role": "robot", "content": "x"}], "messages[0].role"),
        ([{"role": ["user"], "content": "x"}], "messages[0].role"),
        ([USER, {"role": "user"}], "messages[1].content"),
        ([{"role": "user", "content": 5}], "messages[0].content"),
        ([{"role": "user", "content": ["x"]}], "messages[0].content"),
        ([{"role": "user", "content": [{"type": "movie"}]}], "messages[0].content[0].type"),
        ([{"role": "user", "content": [{"type": {}}]}], "messages[0].content[0].type"),
        ([{"role": "user", "content": [{"type": "text", "text": 1}]}], "messages[0].content[0].text"),
        (
            [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": 1}}]}],
            "messages[0].content[0].image_url.url",
        ),
        ([{"role": "user", "content": "x", "tool_calls": [CALL]}], "messages[0].tool_calls"),
        (
            [{"role": "assistant", "tool_calls": [{"id": "1", "function": {"name": "f"}}]}],
            "messages[0].tool_calls[0].function.arguments",
        ),
        ([USER, {"role": "tool", "content": "x"}], "messages[1].tool_call_id"),
        ([USER, {"role": "tool", "content": "x", "tool_call_id": "call_1"}], "messages[1].role"),
    ],
)
def test_a_wrong_message_is_refused_with_its_path(messages: list[Any], param: str) -> None:
    """Also a tool result that answers no call."""
    assert param == refused(GOOD | {"messages": messages}).param


@pytest.mark.parametrize(
    ("field", "value", "param"),
    [
        ("tools", [{"type": "magic"}], "tools[0].type"),
        ("tools", [{"type": "function", "function": {}}], "tools[0].function.name"),
        (
            "tools",
            [{"type": "function", "function": {"name": "f", "parameters": 1}}],
            "tools[0].function.parameters",
        ),
        ("response_format", {"type": "xml"}, "response_format.type"),
        ("response_format", {"type": "json_schema"}, "response_format.json_schema.name"),
        ("stream_options", {"include_usage": True}, "stream_options"),
    ],
)
def test_a_wrong_tool_or_format_is_refused_with_its_path(field: str, value: Any, param: str) -> None:
    """Stream options without a stream are refused as well."""
    assert param == refused(GOOD | {field: value}).param


def test_a_tool_result_after_its_call_passes() -> None:
    """The order that every SDK sends."""
    messages = [
        USER,
        {"role": "assistant", "content": None, "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "call_1", "content": "42"},
    ]

    assert len(parse(json.dumps(GOOD | {"messages": messages}).encode()).messages) == 3
