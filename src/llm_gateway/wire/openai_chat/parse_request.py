"""Chat requests into the canonical conversation."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.conversation import (
    Choosing,
    Conversation,
    Extra,
    Foreign,
    Media,
    MediaKind,
    OutputShape,
    Part,
    Reasoning,
    Refusal,
    Role,
    Sampling,
    Text,
    Thinking,
    Tool,
    ToolCall,
    ToolChoice,
    ToolResult,
    Turn,
)
from llm_gateway.domain.text import Path
from llm_gateway.wire.writing import from_data_uri, rest

WIRE = "openai_chat"
_ROLES = {role.value for role in Role}
_KNOWN = (
    "model",
    "messages",
    "stream",
    "tools",
    "parallel_tool_calls",
    "max_tokens",
    "max_completion_tokens",
    "temperature",
    "top_p",
    "stop",
    "seed",
    "presence_penalty",
    "frequency_penalty",
    "reasoning_effort",
    "verbosity",
    "user",
)


def parse_request(body: Mapping[str, Any]) -> Conversation:
    """The conversation of a body whose types have been checked."""
    choice, output = _parse_choice(body.get("tool_choice")), _parse_output(body.get("response_format"))
    known = [*_KNOWN, *(["tool_choice"] if choice else []), *(["response_format"] if output else [])]
    effort = body.get("reasoning_effort")
    return Conversation(
        wire=WIRE,
        model=body["model"],
        turns=tuple(
            _parse_message(message, ("messages", index)) for index, message in enumerate(body["messages"])
        ),
        tools=tuple(parse_tool(tool, ("tools", index)) for index, tool in enumerate(body.get("tools") or ())),
        choice=choice,
        parallel_calls=body.get("parallel_tool_calls"),
        sampling=_parse_sampling(body),
        output=output,
        thinking=Thinking(effort=effort) if effort else None,
        verbosity=body.get("verbosity"),
        user=body.get("user"),
        stream=bool(body.get("stream")),
        extra=rest(body, (), *known),
    )


def _parse_sampling(body: Mapping[str, Any]) -> Sampling:
    stop = body.get("stop") or ()
    limit = body.get("max_completion_tokens")
    return Sampling(
        max_tokens=body.get("max_tokens") if limit is None else limit,
        temperature=body.get("temperature"),
        top_p=body.get("top_p"),
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
        seed=body.get("seed"),
        presence_penalty=body.get("presence_penalty"),
        frequency_penalty=body.get("frequency_penalty"),
    )


def _parse_choice(value: Any) -> ToolChoice | None:
    if value in ("auto", "none", "required"):
        return ToolChoice(Choosing(value))
    if type(value) is dict and value.get("type") == "function" and type(value.get("function")) is dict:
        return ToolChoice(Choosing.NAMED, str(value["function"].get("name", "")))
    return None


def _parse_output(value: Any) -> OutputShape | None:
    kind = value.get("type") if type(value) is dict else None
    if kind == "json_object":
        return OutputShape()
    if kind != "json_schema":
        return None
    shape = value.get("json_schema") or {}
    at = ("response_format", "json_schema")
    return OutputShape(
        schema=shape.get("schema"),
        name=shape.get("name", ""),
        strict=shape.get("strict"),
        extra=rest(shape, at, "schema", "name", "strict"),
    )


def parse_tool(tool: Mapping[str, Any], at: Path) -> Tool | Foreign:
    """A function's definition; any other kind of tool is its own format's business."""
    function = tool.get("function")
    if tool.get("type") != "function" or type(function) is not dict or len(tool) > 2:
        return Foreign(at, tool)
    return Tool(
        function["name"],
        function.get("description"),
        function.get("parameters"),
        strict=function.get("strict"),
        extra=rest(function, (*at, "function"), "name", "description", "parameters", "strict"),
    )


def _parse_message(message: Mapping[str, Any], at: Path) -> Turn:
    role = message["role"]
    if role not in _ROLES or (role == "tool" and not message.get("tool_call_id")):
        return Turn(Role.USER, (Foreign(at, message),), at)
    if role == "tool":
        extra = rest(message, at, "role", "content", "tool_call_id")
        parts = parse_content(message.get("content"), (*at, "content"))
        return Turn(Role.TOOL, (ToolResult(message["tool_call_id"], parts, extra=extra),), at)
    if role != "assistant":
        extra = rest(message, at, "role", "content")
        return Turn(Role(role), parse_content(message.get("content"), (*at, "content")), at, extra)
    parts, extra = parse_said(message, at)
    return Turn(Role.ASSISTANT, parts, at, extra)


def parse_said(message: Mapping[str, Any], at: Path) -> tuple[tuple[Part, ...], Extra]:
    """What an assistant's message says, and what else it holds."""
    parts: list[Part] = []
    if type(message.get("reasoning_content")) is str and message["reasoning_content"]:
        parts.append(Reasoning(message["reasoning_content"]))
    parts += parse_content(message.get("content"), (*at, "content"))
    if type(message.get("refusal")) is str:
        parts.append(Refusal(message["refusal"], inline=False))
    calls = message.get("tool_calls")
    for index, call in enumerate(calls if type(calls) is list else ()):
        parts.append(_parse_call(call, (*at, "tool_calls", index)))
    known = ("role", "content", "refusal", "tool_calls", "reasoning_content")
    return tuple(parts), rest(message, at, *known)


def parse_content(value: Any, at: Path) -> tuple[Part, ...]:
    """A text or parts."""
    if value is None:
        return ()
    if type(value) is str:
        return (Text(value),)
    return tuple(_parse_part(part, (*at, index)) for index, part in enumerate(value))


def _parse_part(part: Any, at: Path) -> Part:
    kind = part.get("type") if type(part) is dict else None
    inner = part.get(kind) if type(kind) is str else None
    if kind == "text" and type(inner) is str:
        return Text(inner, rest(part, at, "type", "text"))
    if kind == "refusal" and type(inner) is str:
        return Refusal(inner, extra=rest(part, at, "type", "refusal"))
    if kind == "image_url":
        return _parse_image({"url": inner} if type(inner) is str else inner, rest(part, at, "type", kind), at)
    if kind == "input_audio" and type(inner) is dict:
        extra = rest(part, at, "type", kind)
        return Media(
            MediaKind.AUDIO, f"audio/{inner.get('format', '')}", data=str(inner.get("data", "")), extra=extra
        )
    if kind == "file" and type(inner) is dict:
        return _parse_file(inner, rest(part, at, "type", kind), at)
    return Foreign(at, part)


def _parse_image(value: Any, extra: Extra, at: Path) -> Part:
    if type(value) is not dict or type(value.get("url")) is not str:
        return Foreign(at, {"type": "image_url", "image_url": value})
    inline = from_data_uri(value["url"])
    detail = value.get("detail") or ""
    if inline:
        return Media(MediaKind.IMAGE, inline[0], data=inline[1], detail=detail, extra=extra)
    return Media(MediaKind.IMAGE, url=value["url"], detail=detail, extra=extra)


def _parse_file(value: Mapping[str, Any], extra: Extra, at: Path) -> Part:
    name = value.get("filename") or ""
    if value.get("file_id"):
        return Media(MediaKind.FILE, file_id=value["file_id"], name=name, extra=extra)
    inline = from_data_uri(value.get("file_data") or "")
    if inline is None:
        return Foreign(at, {"type": "file", "file": value})
    return Media(MediaKind.FILE, inline[0], data=inline[1], name=name, extra=extra)


def _parse_call(call: Any, at: Path) -> Part:
    if type(call) is not dict:
        return Foreign(at, call)
    signature = signature_of(call)
    extra = rest(call, at, "id", "type", "function", "custom", *(["extra_content"] if signature else []))
    function, custom = call.get("function"), call.get("custom")
    if type(function) is dict and custom is None and set(function) <= {"name", "arguments"}:
        return ToolCall(
            call.get("id") or "",
            function.get("name") or "",
            function.get("arguments") or "",
            signature=signature,
            extra=extra,
        )
    if type(custom) is dict and function is None and set(custom) <= {"name", "input"}:
        return ToolCall(call.get("id") or "", custom["name"], custom["input"], free=True, extra=extra)
    return Foreign(at, call)


def signature_of(call: Mapping[str, Any]) -> str:
    """Where Google's own compatible endpoint puts it: https://ai.google.dev/gemini-api/docs/thought-signatures"""
    content = call.get("extra_content")
    google = content.get("google") if type(content) is dict else None
    if type(content) is not dict or type(google) is not dict or len(content) + len(google) > 2:
        return ""
    return str(google.get("thought_signature", ""))
