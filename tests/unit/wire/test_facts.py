"""Facts of bodies: sizes, tools and calls, in whatever format they are written."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llm_gateway.wire.facts import answer_facts, request_facts
from llm_gateway.wire.stream_calls import StreamCalls

CHAT = {
    "max_tokens": 100,
    "n": 2,
    "tools": [
        {"type": "function", "function": {"name": "search", "parameters": {}}},
        {"type": "custom", "custom": {"name": "code"}},
    ],
    "functions": [{"name": "old"}],
    "messages": [
        {"role": "system", "content": "x"},
        {"role": "user", "content": "x"},
        {
            "role": "assistant",
            "tool_calls": [{"id": "c1", "function": {"name": "search", "arguments": '{"q": 1}'}}],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "found"},
    ],
}
ANTHROPIC = {
    "max_tokens": 50,
    "tools": [{"name": "search", "input_schema": {}}, {"type": "web_search_20250305", "name": "web_search"}],
    "mcp_servers": [{"name": "files", "url": "https://x"}],
    "messages": [
        {"role": "user", "content": "x"},
        {
            "role": "assistant",
            "content": [{"type": "tool_use", "id": "t1", "name": "search", "input": {"q": 1}}],
        },
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "found"}]},
    ],
}
RESPONSES = {
    "max_output_tokens": 70,
    "tools": [
        {"type": "function", "name": "search"},
        {"type": "mcp", "server_label": "files"},
        {"type": "web_search"},
    ],
    "input": [
        {"role": "user", "content": "x"},
        {"type": "function_call", "call_id": "c1", "name": "search", "arguments": '{"q": 1}'},
        {"type": "function_call_output", "call_id": "c1", "output": "found"},
    ],
}
GEMINI = {
    "generationConfig": {"maxOutputTokens": 30, "candidateCount": 3},
    "tools": [{"functionDeclarations": [{"name": "search"}], "googleSearch": {}}],
    "contents": [
        {"parts": [{"text": "x"}]},
        {"role": "model", "parts": [{"functionCall": {"name": "search", "args": {"q": 1}}}]},
        {"role": "user", "parts": [{"functionResponse": {"name": "search", "response": {}}}]},
    ],
}


@pytest.mark.parametrize(
    ("body", "tools", "messages", "bound"),
    [
        (CHAT, ["search", "code", "old"], 4, 200),
        (ANTHROPIC, ["search", "web_search", "mcp:files"], 3, 50),
        (RESPONSES, ["search", "mcp:files", "web_search"], 3, 70),
        (GEMINI, ["search", "googleSearch"], 3, 90),
    ],
)
def test_requests(body: dict[str, Any], tools: list[str], messages: int, bound: int) -> None:
    """Tools, the turn of the user, the call with its arguments and the place of its result are seen."""
    facts = request_facts(body)

    assert [tool.name for tool in facts.tools] == tools
    assert (facts.messages, facts.turns, facts.max_tokens) == (messages, 1, bound)
    assert [(call.name, call.arguments) for call in facts.calls] == [("search", {"q": 1})]
    assert sorted(facts.owners.values()).count("search") == 3


ANSWERS: list[dict[str, Any]] = [
    {"choices": [{"message": CHAT["messages"][2]}]},  # type: ignore[index]
    {"choices": [{"message": {"function_call": {"name": "search", "arguments": '{"q": 1}'}}}]},
    {"content": ANTHROPIC["messages"][1]["content"]},  # type: ignore[index]
    {"output": [RESPONSES["input"][1]]},  # type: ignore[index]
    {"candidates": [{"content": GEMINI["contents"][1]}]},  # type: ignore[index]
]
STREAMS: list[list[dict[str, Any]]] = [
    [
        {
            "choices": [
                {
                    "index": 0,
                    "delta": {"tool_calls": [{"index": 0, "function": {"name": "search", "arguments": ""}}]},
                }
            ]
        },
        {
            "choices": [
                {"index": 0, "delta": {"tool_calls": [{"index": 0, "function": {"arguments": '{"q"'}}]}}
            ]
        },
        {
            "choices": [
                {"index": 0, "delta": {"tool_calls": [{"index": 0, "function": {"arguments": ": 1}"}}]}}
            ]
        },
    ],
    [
        {
            "type": "content_block_start",
            "index": 1,
            "content_block": {"type": "tool_use", "name": "search", "input": {}},
        },
        {
            "type": "content_block_delta",
            "index": 1,
            "delta": {"type": "input_json_delta", "partial_json": '{"q": 1}'},
        },
    ],
    [
        {
            "type": "response.output_item.added",
            "output_index": 2,
            "item": {"type": "function_call", "name": "search", "arguments": ""},
        },
        {"type": "response.function_call_arguments.delta", "output_index": 2, "delta": '{"q": 1}'},
        {"type": "response.function_call_arguments.done", "output_index": 2, "arguments": '{"q": 1}'},
        {"type": "response.output_item.done", "output_index": 2, "item": RESPONSES["input"][1]},  # type: ignore[index]
    ],
    [{"candidates": [{"content": GEMINI["contents"][1]}]}],  # type: ignore[index]
]


@pytest.mark.parametrize("body", ANSWERS)
def test_answers(body: dict[str, Any]) -> None:
    """The calls of a whole answer."""
    assert [(call.name, call.arguments) for call in answer_facts(body).calls] == [("search", {"q": 1})]


@pytest.mark.parametrize("events", STREAMS)
def test_streams(events: list[dict[str, Any]]) -> None:
    """A call is known by its first event and whole by its last."""
    calls = StreamCalls()

    assert calls.add(events[0])
    assert [call.name for call in calls.facts().calls] == ["search"]
    assert all(calls.add(event) for event in events[1:])
    assert [(call.name, call.arguments, call.readable) for call in calls.facts().calls] == [
        ("search", {"q": 1}, True)
    ]
    assert set(calls.facts().owners.values()) == {"search"}


def test_half_a_call_is_not_readable() -> None:
    """What is not complete must not pass for harmless."""
    calls = StreamCalls()
    for event in STREAMS[0][:2]:
        calls.add(event)

    assert not calls.facts().calls[0].readable


NAMES = """
messages tools tool_calls function name input contents parts functionCall args choices delta index
candidates content type item output_index partial_json arguments
"""
KEYS = st.sampled_from(NAMES.split())
JSON = st.recursive(
    st.none()
    | st.integers()
    | st.sampled_from(["tool_use", "function_call", "response.output_item.done", "{", ""]),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=40,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_nothing_that_is_json_breaks_the_reading(body: Any) -> None:
    """Facts never fail: whatever the body is, it goes on to be inspected."""
    request_facts(body)
    answer_facts(body)
    calls = StreamCalls()
    calls.add(body)
    calls.facts()
