"""Responses requests into the canonical conversation."""

from collections.abc import Iterator, Mapping
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

WIRE = "openai_responses"
_ROLES = {"system": Role.SYSTEM, "developer": Role.DEVELOPER, "user": Role.USER, "assistant": Role.ASSISTANT}
_KNOWN = (
    "model",
    "input",
    "instructions",
    "stream",
    "tools",
    "parallel_tool_calls",
    "max_output_tokens",
    "temperature",
    "top_p",
    "user",
)


def parse_request(body: Mapping[str, Any]) -> Conversation:
    """The conversation of a body whose types have been checked."""
    understood = list(_KNOWN)
    choice = _parse_choice(body.get("tool_choice"), understood)
    text = body.get("text") or {}
    output = _parse_output(text.get("format"))
    if set(text) <= {"format", "verbosity"} and (output or "format" not in text):
        understood.append("text")
    return Conversation(
        wire=WIRE,
        model=body["model"],
        turns=tuple(_parse_turns(body)),
        tools=tuple(
            _parse_tool(tool, ("tools", index)) for index, tool in enumerate(body.get("tools") or ())
        ),
        choice=choice,
        parallel_calls=body.get("parallel_tool_calls"),
        sampling=Sampling(
            max_tokens=body.get("max_output_tokens"),
            temperature=body.get("temperature"),
            top_p=body.get("top_p"),
        ),
        output=output,
        thinking=_parse_thinking(body.get("reasoning"), understood),
        verbosity=text.get("verbosity") if "text" in understood else None,
        user=body.get("user"),
        stream=bool(body.get("stream")),
        extra=rest(body, (), *understood),
    )


def _parse_choice(value: Any, understood: list[str]) -> ToolChoice | None:
    if value in ("auto", "none", "required"):
        understood.append("tool_choice")
        return ToolChoice(Choosing(value))
    if type(value) is dict and value.get("type") == "function" and set(value) == {"type", "name"}:
        understood.append("tool_choice")
        return ToolChoice(Choosing.NAMED, value["name"])
    return None


def _parse_output(shape: Any) -> OutputShape | None:
    if shape == {"type": "json_object"}:
        return OutputShape()
    if type(shape) is not dict or shape.get("type") != "json_schema":
        return None
    return OutputShape(
        schema=shape.get("schema"),
        name=shape.get("name") or "",
        strict=shape.get("strict"),
        extra=rest(shape, ("text", "format"), "type", "schema", "name", "strict"),
    )


def _parse_thinking(value: Any, understood: list[str]) -> Thinking | None:
    if type(value) is not dict:
        return None
    understood.append("reasoning")
    shown = True if value.get("summary") or value.get("generate_summary") else None
    return Thinking(effort=value.get("effort"), shown=shown, extra=rest(value, ("reasoning",), "effort"))


def _parse_tool(tool: Mapping[str, Any], at: Path) -> Tool | Foreign:
    if tool.get("type") != "function":
        return Foreign(at, tool)
    return Tool(
        tool.get("name") or "",
        tool.get("description"),
        tool.get("parameters"),
        strict=tool.get("strict"),
        extra=rest(tool, at, "type", "name", "description", "parameters", "strict"),
    )


def _parse_turns(body: Mapping[str, Any]) -> Iterator[Turn]:
    if body.get("instructions") is not None:
        yield Turn(Role.SYSTEM, (Text(body["instructions"]),), ("instructions",))
    said = body.get("input")
    if type(said) is str:
        yield Turn(Role.USER, (Text(said),), ("input",))
        return
    for index, item in enumerate(said or ()):
        yield parse_item(item, ("input", index))


def parse_item(item: Mapping[str, Any], at: Path) -> Turn:
    """One item as a turn of its own."""
    kind = item.get("type") or "message"
    role = _ROLES.get(str(item.get("role")))
    if kind == "message" and role is not None and type(item.get("content")) in (str, list):
        extra = rest(item, at, "role", "content")
        return Turn(role, parse_content(item["content"], (*at, "content")), at, extra)
    if kind in ("function_call", "custom_tool_call"):
        return Turn(Role.ASSISTANT, (_parse_call(item, at, free=kind != "function_call"),), at)
    if kind in ("function_call_output", "custom_tool_call_output") and item.get("output") is not None:
        return Turn(Role.TOOL, (_parse_result(item, at, free=kind != "function_call_output"),), at)
    if kind == "reasoning":
        return Turn(Role.ASSISTANT, (_parse_reasoning(item, at),), at)
    return Turn(Role.USER, (Foreign(at, item),), at)


def _parse_call(item: Mapping[str, Any], at: Path, *, free: bool) -> ToolCall:
    field = "input" if free else "arguments"
    extra = rest(item, at, "type", "call_id", "name", field)
    return ToolCall(
        item.get("call_id") or "", item.get("name") or "", item.get(field) or "", free, extra=extra
    )


def _parse_result(item: Mapping[str, Any], at: Path, *, free: bool) -> ToolResult:
    parts = parse_content(item["output"], (*at, "output"))
    return ToolResult(
        item.get("call_id") or "", parts, free=free, extra=rest(item, at, "type", "call_id", "output")
    )


def _parse_reasoning(item: Mapping[str, Any], at: Path) -> Reasoning:
    """The open text is the content, or else the summary. Only this format can take the item back whole."""
    texts = [
        part["text"]
        for part in item.get("content") or item.get("summary") or ()
        if type(part) is dict and type(part.get("text")) is str
    ]
    sealed = item.get("encrypted_content") or ""
    return Reasoning("\n\n".join(texts), sealed=sealed, extra=rest(item, at, "type"))


def parse_content(value: Any, at: Path) -> tuple[Part, ...]:
    """A text or parts."""
    if type(value) is str:
        return (Text(value),)
    if type(value) is not list:
        return (Foreign(at, value),)
    return tuple(_parse_part(part, (*at, index)) for index, part in enumerate(value))


def _parse_part(part: Any, at: Path) -> Part:
    kind = part.get("type") if type(part) is dict else None
    if kind in ("input_text", "output_text") and type(part.get("text")) is str:
        return Text(part["text"], rest(part, at, "type", "text"))
    if kind == "refusal" and type(part.get("refusal")) is str:
        return Refusal(part["refusal"], extra=rest(part, at, "type", "refusal"))
    if kind == "input_image":
        return _parse_image(part, rest(part, at, "type", "image_url", "file_id", "detail"))
    if kind == "input_file":
        return _parse_file(part, rest(part, at, "type", "file_url", "file_id", "file_data", "filename"))
    return Foreign(at, part)


def _parse_image(part: Mapping[str, Any], extra: Extra) -> Media:
    detail = part.get("detail") or ""
    url = part.get("image_url") or ""
    inline = from_data_uri(url)
    if inline:
        return Media(MediaKind.IMAGE, inline[0], data=inline[1], detail=detail, extra=extra)
    file_id = part.get("file_id") or ""
    return Media(MediaKind.IMAGE, url=url, file_id=file_id, detail=detail, extra=extra)


def _parse_file(part: Mapping[str, Any], extra: Extra) -> Part:
    name, data = part.get("filename") or "", part.get("file_data") or ""
    inline = from_data_uri(data)
    if inline:
        return Media(MediaKind.FILE, inline[0], data=inline[1], name=name, extra=extra)
    if data:
        return Foreign(extra.at, part)
    url, file_id = part.get("file_url") or "", part.get("file_id") or ""
    return Media(MediaKind.FILE, url=url, file_id=file_id, name=name, extra=extra)
