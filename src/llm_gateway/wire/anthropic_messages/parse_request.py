"""Messages requests into the canonical conversation."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.conversation import (
    Choosing,
    Conversation,
    Foreign,
    Media,
    MediaKind,
    OutputShape,
    Part,
    Reasoning,
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
from llm_gateway.wire.writing import dumps, rest

WIRE = "anthropic_messages"
_CHOOSING = {"auto": Choosing.AUTO, "any": Choosing.REQUIRED, "tool": Choosing.NAMED, "none": Choosing.NONE}
_KNOWN = (
    "model",
    "messages",
    "system",
    "max_tokens",
    "stream",
    "temperature",
    "top_p",
    "top_k",
    "stop_sequences",
    "tools",
)


def parse_request(body: Mapping[str, Any]) -> Conversation:
    """The conversation of a body whose types have been checked."""
    understood = list(_KNOWN)
    choice = _parse_choice(body.get("tool_choice"), understood)
    output = _parse_output(body.get("output_config"), understood)
    thinking = _parse_thinking(body, understood)
    user = _parse_user(body.get("metadata"), understood)
    config = body.get("output_config") or {}
    if set(config) <= {"effort", "format"} and ("format" not in config or output):
        understood.append("output_config")
    return Conversation(
        wire=WIRE,
        model=body["model"],
        turns=tuple(_parse_turns(body)),
        tools=tuple(
            _parse_tool(tool, ("tools", index)) for index, tool in enumerate(body.get("tools") or ())
        ),
        choice=choice,
        parallel_calls=_parse_parallel(body.get("tool_choice"), choice),
        sampling=Sampling(
            max_tokens=body.get("max_tokens"),
            temperature=body.get("temperature"),
            top_p=body.get("top_p"),
            top_k=body.get("top_k"),
            stop=tuple(body.get("stop_sequences") or ()),
        ),
        output=output,
        thinking=thinking,
        user=user,
        stream=bool(body.get("stream")),
        extra=rest(body, (), *understood),
    )


def _parse_choice(value: Any, understood: list[str]) -> ToolChoice | None:
    if type(value) is not dict or value.get("type") not in _CHOOSING:
        return None
    if not set(value) <= {"type", "name", "disable_parallel_tool_use"}:
        return None
    understood.append("tool_choice")
    return ToolChoice(_CHOOSING[value["type"]], value.get("name") or "")


def _parse_parallel(value: Any, choice: ToolChoice | None) -> bool | None:
    if choice is None or type(value.get("disable_parallel_tool_use")) is not bool:
        return None
    return not value["disable_parallel_tool_use"]


def _parse_output(config: Any, understood: list[str]) -> OutputShape | None:
    shape = config.get("format") if type(config) is dict else None
    if type(shape) is not dict or shape.get("type") != "json_schema" or set(shape) != {"type", "schema"}:
        return None
    return OutputShape(schema=shape["schema"])


def _parse_thinking(body: Mapping[str, Any], understood: list[str]) -> Thinking | None:
    """Enabled with a budget, or disabled; adaptive is what happens anyway and stays aside."""
    value = body.get("thinking") or {}
    effort = (body.get("output_config") or {}).get("effort")
    if value == {"type": "disabled"}:
        understood.append("thinking")
        return Thinking(effort="none")
    if value.get("type") == "enabled" and set(value) == {"type", "budget_tokens"}:
        understood.append("thinking")
        return Thinking(effort=effort, budget=value["budget_tokens"])
    return Thinking(effort=effort) if effort else None


def _parse_user(metadata: Any, understood: list[str]) -> str | None:
    if type(metadata) is not dict or set(metadata) != {"user_id"}:
        return None
    understood.append("metadata")
    user: str | None = metadata["user_id"]
    return user


def _parse_tool(tool: Mapping[str, Any], at: Path) -> Tool | Foreign:
    if tool.get("type") not in (None, "custom") or "input_schema" not in tool:
        return Foreign(at, tool)
    return Tool(
        tool.get("name") or "",
        tool.get("description"),
        tool["input_schema"],
        strict=tool.get("strict"),
        extra=rest(tool, at, "name", "description", "input_schema", "strict"),
    )


def _parse_turns(body: Mapping[str, Any]) -> list[Turn]:
    turns = []
    if body.get("system"):
        turns.append(Turn(Role.SYSTEM, parse_blocks(body["system"], ("system",)), ("system",)))
    for index, message in enumerate(body["messages"]):
        at: Path = ("messages", index)
        if message["role"] not in ("user", "assistant", "system"):
            turns.append(Turn(Role.USER, (Foreign(at, message),), at))
            continue
        parts = parse_blocks(message["content"], (*at, "content"))
        turns.append(Turn(Role(message["role"]), parts, at, rest(message, at, "role", "content")))
    return turns


def parse_blocks(value: Any, at: Path) -> tuple[Part, ...]:
    """A text or blocks."""
    if type(value) is str:
        return (Text(value),)
    return tuple(_parse_block(block, (*at, index)) for index, block in enumerate(value or ()))


def _parse_block(block: Any, at: Path) -> Part:
    kind = block.get("type") if type(block) is dict else None
    if kind == "text" and type(block.get("text")) is str:
        return Text(block["text"], rest(block, at, "type", "text"))
    if kind in ("image", "document"):
        return _parse_media(block, at, MediaKind.IMAGE if kind == "image" else MediaKind.FILE)
    if kind == "tool_use" and type(block.get("input")) is dict:
        extra = rest(block, at, "type", "id", "name", "input")
        return ToolCall(block.get("id") or "", block.get("name") or "", dumps(block["input"]), extra=extra)
    if kind == "tool_result" and type(block.get("content")) in (str, list, type(None)):
        return _parse_result(block, at)
    return _parse_reasoning(block, at) or Foreign(at, block)


def _parse_reasoning(block: Any, at: Path) -> Reasoning | None:
    kind = block.get("type") if type(block) is dict else None
    if kind == "thinking" and type(block.get("thinking")) is str:
        extra = rest(block, at, "type", "thinking", "signature")
        return Reasoning(block["thinking"], block.get("signature") or "", extra=extra)
    if kind == "redacted_thinking" and type(block.get("data")) is str:
        return Reasoning(sealed=block["data"], extra=rest(block, at, "type", "data"))
    return None


def _parse_result(block: Mapping[str, Any], at: Path) -> ToolResult:
    failed = block.get("is_error") is True
    known = ("type", "tool_use_id", "content", *(["is_error"] if failed else []))
    parts = parse_blocks(block.get("content"), (*at, "content"))
    return ToolResult(block.get("tool_use_id") or "", parts, failed=failed, extra=rest(block, at, *known))


def _parse_media(block: Mapping[str, Any], at: Path, kind: MediaKind) -> Part:
    source = block.get("source")
    how = source.get("type") if type(source) is dict else None
    field = {"base64": "data", "text": "data", "url": "url", "file": "file_id"}.get(str(how))
    if type(source) is not dict or field is None or not set(source) <= {"type", "media_type", field}:
        return Foreign(at, block)
    value = source.get(field)
    if type(value) is not str:
        return Foreign(at, block)
    place = {"base64": "data", "text": "text", "url": "url", "file": "file_id"}[str(how)]
    return Media(
        kind,
        source.get("media_type") or "",
        name=block.get("title") or "",
        extra=rest(block, at, "type", "source", "title"),
        **{place: value},
    )
