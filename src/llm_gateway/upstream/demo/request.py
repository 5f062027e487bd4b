"""Reads a chat request and refuses what OpenAI refuses, in OpenAI's words.

The shapes follow https://platform.openai.com/docs/api-reference/chat/create. Fields that are not
listed there are ignored, as most compatible providers do.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MODEL = "demo-simulated"
MAX_CHOICES = 8

Json = Mapping[str, Any]


class Refused(Exception):
    """A request that the provider refuses. The message names the field, never its value."""

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None, status: int = 400):
        super().__init__(message)
        self.message = message
        self.param = param
        self.code = code
        self.status = status


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A request that passed. `body` is the whole of it, for the fields read only once."""

    messages: Sequence[Json]
    tools: Sequence[Json]
    n: int
    stop: tuple[str, ...]
    max_tokens: int | None
    stream: bool
    include_usage: bool
    body: Json


def parse(raw: bytes) -> ChatRequest:
    """Raises Refused with what is wrong."""
    body = _object(raw)
    _check_fields(body)
    if body["model"] != MODEL:
        text = f"The requested model does not exist; the simulated provider has only `{MODEL}`."
        raise Refused(text, param="model", code="model_not_found", status=404)
    for index, message in enumerate(body["messages"]):
        _check_message(message, f"messages[{index}]")
    _check_tool_order(body["messages"])
    for index, tool in enumerate(body.get("tools") or ()):
        _check_tool(tool, f"tools[{index}]")
    _check_response_format(body.get("response_format"))
    return _read(body)


def _object(raw: bytes) -> Json:
    try:
        body = json.loads(raw, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused("We could not parse the JSON body of your request.") from None
    if not isinstance(body, dict):
        raise Refused("The body must be a JSON object.", code="invalid_type")
    return body


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _read(body: Json) -> ChatRequest:
    stop = body.get("stop") or ()
    limit = body.get("max_completion_tokens")
    return ChatRequest(
        messages=body["messages"],
        tools=body.get("tools") or (),
        n=body.get("n") or 1,
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
        max_tokens=body.get("max_tokens") if limit is None else limit,
        stream=bool(body.get("stream")),
        include_usage=bool((body.get("stream_options") or {}).get("include_usage")),
        body=body,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and len(value) <= 4 and all(isinstance(item, str) for item in value)


def _is_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


Check = Callable[[Any], bool]
_TEXT: tuple[str, Check] = ("a string", lambda value: isinstance(value, str))
_FLAG: tuple[str, Check] = ("a boolean", lambda value: isinstance(value, bool))
_OBJECT: tuple[str, Check] = ("an object", lambda value: isinstance(value, dict))
_OBJECTS: tuple[str, Check] = ("an array of objects", _is_objects)
_WHOLE: tuple[str, Check] = ("an integer", _is_integer)

_REQUIRED = ("model", "messages")
_FIELDS: Mapping[str, tuple[str, Check]] = {
    "model": _TEXT,
    "messages": ("a non-empty array of objects", lambda value: bool(value) and _is_objects(value)),
    "stream": _FLAG,
    "stream_options": _OBJECT,
    "store": _FLAG,
    "logprobs": _FLAG,
    "parallel_tool_calls": _FLAG,
    "tools": _OBJECTS,
    "functions": _OBJECTS,
    "response_format": _OBJECT,
    "metadata": _OBJECT,
    "logit_bias": _OBJECT,
    "user": _TEXT,
    "seed": _WHOLE,
    "tool_choice": ("a string or an object", lambda value: isinstance(value, str | dict)),
    "stop": (
        "a string or an array of at most 4 strings",
        lambda value: isinstance(value, str) or _is_strings(value),
    ),
    "n": (
        f"an integer from 1 to {MAX_CHOICES}",
        lambda value: _is_integer(value) and 1 <= value <= MAX_CHOICES,
    ),
    "max_tokens": ("a positive integer", lambda value: _is_integer(value) and value >= 1),
    "max_completion_tokens": ("a positive integer", lambda value: _is_integer(value) and value >= 1),
    "top_logprobs": ("an integer from 0 to 20", lambda value: _is_integer(value) and 0 <= value <= 20),
    "temperature": ("a number from 0 to 2", lambda value: _is_number(value) and 0 <= value <= 2),
    "top_p": ("a number from 0 to 1", lambda value: _is_number(value) and 0 <= value <= 1),
    "presence_penalty": ("a number from -2 to 2", lambda value: _is_number(value) and -2 <= value <= 2),
    "frequency_penalty": ("a number from -2 to 2", lambda value: _is_number(value) and -2 <= value <= 2),
}


def _check_fields(body: Json) -> None:
    for name in _REQUIRED:
        if body.get(name) is None:
            raise Refused(
                f"Missing required parameter: '{name}'.", param=name, code="missing_required_parameter"
            )
    for name, (wanted, fits) in _FIELDS.items():
        if body.get(name) is not None and not fits(body[name]):
            raise _wrong(name, wanted)
    if body.get("stream_options") is not None and not body.get("stream"):
        text = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        raise Refused(text, param="stream_options")


def _wrong(path: str, wanted: str) -> Refused:
    return Refused(f"Invalid value for '{path}': expected {wanted}.", param=path, code="invalid_value")


_PARTS: Mapping[str, tuple[str, type]] = {
    "text": ("text", str),
    "refusal": ("refusal", str),
    "image_url": ("image_url", dict),
    "input_audio": ("input_audio", dict),
    "file": ("file", dict),
}
_ROLES = ("developer", "system", "user", "assistant", "tool", "function")


def _check_message(message: Json, path: str) -> None:
    role = message.get("role")
    if not isinstance(role, str) or role not in _ROLES:
        raise _wrong(f"{path}.role", "one of " + ", ".join(_ROLES))
    content = message.get("content")
    if content is None and role not in ("assistant", "function"):
        raise _wrong(f"{path}.content", "a string or an array of content parts")
    _check_content(content, f"{path}.content")
    if role == "tool" and not isinstance(message.get("tool_call_id"), str):
        raise _wrong(f"{path}.tool_call_id", "a string")
    calls = message.get("tool_calls")
    if calls is not None and not (role == "assistant" and _is_objects(calls)):
        raise _wrong(f"{path}.tool_calls", "an array of objects, in an assistant message")
    for index, call in enumerate(calls or ()):
        _check_call(call, f"{path}.tool_calls[{index}]")


def _check_content(content: Any, path: str) -> None:
    if content is None or isinstance(content, str):
        return
    if not _is_objects(content):
        raise _wrong(path, "a string or an array of content parts")
    for index, part in enumerate(content):
        kind = part.get("type")
        if not isinstance(kind, str) or kind not in _PARTS:
            raise _wrong(f"{path}[{index}].type", "one of " + ", ".join(_PARTS))
        field, type_ = _PARTS[kind]
        if not isinstance(part.get(field), type_):
            raise _wrong(f"{path}[{index}].{field}", "a string" if type_ is str else "an object")
        if kind == "image_url" and not isinstance(part["image_url"].get("url"), str):
            raise _wrong(f"{path}[{index}].image_url.url", "a string")


def _check_call(call: Json, path: str) -> None:
    function = call.get("function")
    if not isinstance(call.get("id"), str):
        raise _wrong(f"{path}.id", "a string")
    if call.get("type") == "custom":
        return
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise _wrong(f"{path}.function.name", "a string")
    if not isinstance(function.get("arguments"), str):
        raise _wrong(f"{path}.function.arguments", "a string")


def _check_tool_order(messages: Sequence[Json]) -> None:
    """A tool result answers a call of the nearest assistant message before it."""
    open_calls: set[str] = set()
    for index, message in enumerate(messages):
        if message["role"] == "assistant":
            open_calls = {call["id"] for call in message.get("tool_calls") or ()}
        elif message["role"] == "tool" and message["tool_call_id"] not in open_calls:
            text = "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'."
            raise Refused(text, param=f"messages[{index}].role")


def _check_tool(tool: Json, path: str) -> None:
    if tool.get("type") != "function":
        raise _wrong(f"{path}.type", "'function'")
    function = tool.get("function")
    if not isinstance(function, dict) or not isinstance(function.get("name"), str):
        raise _wrong(f"{path}.function.name", "a string")
    if not isinstance(function.get("parameters", {}), dict):
        raise _wrong(f"{path}.function.parameters", "a JSON schema object")
    if not isinstance(function.get("description") or "", str):
        raise _wrong(f"{path}.function.description", "a string")


def _check_response_format(value: Any) -> None:
    if value is None:
        return
    if value.get("type") not in ("text", "json_object", "json_schema"):
        raise _wrong("response_format.type", "one of text, json_object, json_schema")
    if value["type"] == "json_schema":
        named = value.get("json_schema")
        if not isinstance(named, dict) or not isinstance(named.get("name"), str):
            raise _wrong("response_format.json_schema.name", "a string")
        if not isinstance(named.get("schema", {}), dict):
            raise _wrong("response_format.json_schema.schema", "a JSON schema object")
