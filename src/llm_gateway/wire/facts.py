"""Facts of a body: what it asks for and which tools it offers and calls, in any of the formats.

The formats write the same few things at a handful of places. All places are read whatever the
format says it is, so that a body cannot hide a tool by writing it the way of another format, which
tolerant providers would understand.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from llm_gateway.domain.facts import Facts, ToolCall, ToolDefinition
from llm_gateway.domain.text import Path

_CONVERSATIONS = ("messages", "input", "contents")
_BOUNDS = (
    "max_tokens",
    "max_completion_tokens",
    "max_output_tokens",
    "maxOutputTokens",
    "max_tokens_to_sample",
)
_CONFIGS = ("generationConfig", "generation_config")
_DECLARATIONS = ("functionDeclarations", "function_declarations")


def request_facts(body: Any) -> Facts:
    """The facts of a request. Never fails, whatever the body is."""
    if type(body) is not dict:
        return Facts()
    talk = [item for name in _CONVERSATIONS for item in _items((name,), body.get(name))]
    tools = tuple(_definitions(body))
    calls = tuple(call for path, item in talk for call in calls_in(path, item))
    owners = {tool.path: tool.name for tool in tools} | {call.path: call.name for call in calls}
    return Facts(
        messages=len(talk),
        turns=sum(_is_turn(item) for _, item in talk) + (type(body.get("input")) is str),
        max_tokens=_max_tokens(body),
        tools=tools,
        calls=calls,
        owners=owners | dict(_results(talk, dict(_call_ids(talk)))),
    )


def answer_facts(body: Any) -> Facts:
    """The calls of an answer."""
    if type(body) is not dict:
        return Facts()
    calls = tuple(_answer_calls(body))
    return Facts(calls=calls, owners={call.path: call.name for call in calls})


def _answer_calls(body: Mapping[str, Any]) -> Iterator[ToolCall]:
    for path, choice in _items(("choices",), body.get("choices")):
        yield from calls_in((*path, "message"), choice.get("message"))
    for path, item in _items(("output",), body.get("output")):
        yield from calls_in(path, item)
    for path, candidate in _items(("candidates",), body.get("candidates")):
        yield from calls_in((*path, "content"), candidate.get("content"))
    if "content" in body:
        yield from calls_in((), {"content": body["content"]})


def calls_in(path: Path, item: Any) -> Iterator[ToolCall]:
    """The calls in a message, an item or a content, which stands at `path`."""
    if type(item) is not dict:
        return
    for where, call in _items((*path, "tool_calls"), item.get("tool_calls")):
        yield from _chat_call(where, call)
    if type(item.get("function_call")) is dict:
        yield _call((*path, "function_call"), item["function_call"], "arguments")
    for where, block in _items((*path, "content"), item.get("content")):
        if _kind(block).endswith("tool_use"):
            yield _call(where, block, "input")
    for where, part in _items((*path, "parts"), item.get("parts")):
        for name in ("functionCall", "function_call"):
            if type(part.get(name)) is dict:
                yield _call((*where, name), part[name], "args")
    if _kind(item).endswith("_call"):
        yield item_call(path, item)


def _chat_call(path: Path, call: Mapping[str, Any]) -> Iterator[ToolCall]:
    for name, arguments in (("function", "arguments"), ("custom", "input")):
        if type(call.get(name)) is dict:
            yield _call(path, call[name], arguments)


def item_call(path: Path, item: Mapping[str, Any]) -> ToolCall:
    """An item of the responses format; a provider's own tool has no name but its kind."""
    for arguments in ("arguments", "input", "action"):
        if arguments in item:
            return _call(path, {"name": _kind(item).removesuffix("_call"), **item}, arguments)
    return ToolCall(_text(item.get("name")) or _kind(item).removesuffix("_call"), path, None)


def _call(path: Path, value: Mapping[str, Any], arguments: str) -> ToolCall:
    return call_of(_text(value.get("name")), path, value.get(arguments))


def call_of(name: str, path: Path, written: Any) -> ToolCall:
    """A call with its arguments, which are JSON in a string or the value itself. None at all are no harm."""
    if type(written) is not str:
        return ToolCall(name, path, written)
    if not written.strip():
        return ToolCall(name, path, None)
    try:
        return ToolCall(name, path, orjson.loads(written))
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return ToolCall(name, path, written, readable=False)


def _definitions(body: Mapping[str, Any]) -> Iterator[ToolDefinition]:
    for path, tool in _items(("tools",), body.get("tools")):
        yield from _definition(path, tool)
    for path, function in _items(("functions",), body.get("functions")):
        yield ToolDefinition(_text(function.get("name")), path, function)
    for path, server in _items(("mcp_servers",), body.get("mcp_servers")):
        yield ToolDefinition(f"mcp:{_text(server.get('name'))}", path, server)


def _definition(path: Path, tool: Mapping[str, Any]) -> Iterator[ToolDefinition]:
    declared = [name for name in _DECLARATIONS if name in tool]
    for name in declared:
        for where, function in _items((*path, name), tool[name]):
            yield ToolDefinition(_text(function.get("name")), where, function)
    if declared or ("type" not in tool and "name" not in tool):
        for name in tool.keys() - set(declared):
            yield ToolDefinition(name, (*path, name), tool[name])
        return
    inner = tool.get(_kind(tool))
    named = inner if type(inner) is dict and "name" in inner else tool
    label = tool.get("server_label")
    name = f"mcp:{label}" if type(label) is str else _text(named.get("name")) or _kind(tool)
    yield ToolDefinition(name, path, tool)


def _call_ids(talk: Iterable[tuple[Path, Any]]) -> Iterator[tuple[str, str]]:
    """Ids of calls with the names of their tools."""
    for _, item in talk:
        if type(item) is not dict:
            continue
        for _, call in _items((), item.get("tool_calls")):
            for made in _chat_call((), call):
                yield _text(call.get("id")), made.name
        for _, block in _items((), item.get("content")):
            if _kind(block).endswith("tool_use"):
                yield _text(block.get("id")), _text(block.get("name"))
        if _kind(item).endswith("_call"):
            yield _text(item.get("call_id")), item_call((), item).name


def _results(talk: Iterable[tuple[Path, Any]], names: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Where the results of tools stand, with the names of the tools."""
    for path, item in talk:
        if type(item) is not dict:
            continue
        if item.get("role") in ("tool", "function"):
            yield path, names.get(_text(item.get("tool_call_id")), _text(item.get("name")))
        if _kind(item).endswith("_call_output"):
            yield path, names.get(_text(item.get("call_id")), "")
        for where, block in _items((*path, "content"), item.get("content")):
            if _kind(block).endswith("tool_result"):
                yield where, names.get(_text(block.get("tool_use_id")), "")
        for where, part in _items((*path, "parts"), item.get("parts")):
            for name in ("functionResponse", "function_response"):
                if type(part.get(name)) is dict:
                    yield where, _text(part[name].get("name"))


def _is_turn(item: Any) -> bool:
    """Whether a user says something, rather than a tool."""
    if type(item) is not dict or item.get("role", "user") != "user" or _kind(item) not in ("", "message"):
        return False
    blocks = [block for _, block in _items((), item.get("content"))]
    parts = [part for _, part in _items((), item.get("parts"))]
    answers = [_kind(block).endswith("tool_result") for block in blocks]
    answers += ["functionResponse" in part or "function_response" in part for part in parts]
    return not answers or not all(answers)


def _max_tokens(body: Mapping[str, Any]) -> int | None:
    configs = [body, *(body[name] for name in _CONFIGS if type(body.get(name)) is dict)]
    named = [config[name] for config in configs for name in _BOUNDS if type(config.get(name)) is int]
    many = [
        config[name]
        for config in configs
        for name in ("n", "candidateCount", "candidate_count")
        if type(config.get(name)) is int
    ]
    return max(named) * max(1, *many, 1) if named else None


def _items(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """The objects of an array with their paths, or the one object that stands in its place."""
    if type(value) is dict:
        yield path, value
    elif type(value) is list:
        for index, item in enumerate(value):
            if type(item) is dict:
                yield (*path, index), item


def _kind(item: Any) -> str:
    return _text(item.get("type")) if type(item) is dict else ""


def _text(value: Any) -> str:
    return value if type(value) is str else ""
