"""Messages requests from the canonical conversation."""

import base64
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
    Refusal,
    Role,
    Text,
    Thinking,
    Tool,
    ToolCall,
    ToolResult,
    Turn,
)
from llm_gateway.wire.writing import Writer, compact, json_object, linked, merged

DEFAULT_MAX_TOKENS = 8192
"""Anthropic asks for a limit; other formats leave it to the provider."""

_OPERATOR = (Role.SYSTEM, Role.DEVELOPER)
_CHOICES = {Choosing.AUTO: "auto", Choosing.REQUIRED: "any", Choosing.NAMED: "tool", Choosing.NONE: "none"}
_EFFORTS = frozenset(("low", "medium", "high", "xhigh", "max"))


def write_request(conversation: Conversation, writer: Writer) -> dict[str, Any]:
    """The body of a messages request. Raises BadRequest for what it cannot say."""
    said = conversation.sampling
    for name in ("seed", "presence_penalty", "frequency_penalty"):
        if getattr(said, name):
            writer.refuse_setting(name)
    writer.plain_verbosity(conversation.verbosity)
    writer.own(said.extra)
    system, turns = _split(conversation, writer)
    return compact(
        {
            "model": conversation.model,
            "max_tokens": said.max_tokens or DEFAULT_MAX_TOKENS,
            "system": _write_parts(system, writer) or None,
            "messages": [
                written
                for turn in turns
                if (written := _write_turn(turn, writer))["content"] != [] or writer.same
            ],
            "stream": conversation.stream or None,
            "temperature": said.temperature,
            "top_p": said.top_p,
            "top_k": said.top_k,
            "stop_sequences": list(said.stop) or None,
            "tools": [_write_tool(tool, writer) for tool in conversation.tools] or None,
            "tool_choice": _write_choice(conversation),
            "thinking": _write_thinking(conversation.thinking),
            "output_config": _write_config(conversation, writer) or None,
            "metadata": {"user_id": conversation.user} if conversation.user else None,
            **writer.own(conversation.extra),
        }
    )


def _split(conversation: Conversation, writer: Writer) -> tuple[tuple[Part, ...], list[Turn]]:
    """The operator's turns at the beginning make the system prompt; later ones stay where they are."""
    if writer.same:
        turns = list(conversation.turns)
        first = [turn for turn in turns[:1] if turn.at == ("system",)]
    else:
        turns = merged(linked(conversation), Role.ASSISTANT, Role.TOOL)
        first = []
        while len(first) < len(turns) and turns[len(first)].role in _OPERATOR:
            first.append(turns[len(first)])
    for turn in first:
        writer.own(turn.extra)
    return tuple(part for turn in first for part in turn.parts), turns[len(first) :]


def _write_turn(turn: Turn, writer: Writer) -> dict[str, Any]:
    first = turn.parts[0] if turn.parts else None
    if isinstance(first, Foreign) and first.at == turn.at:
        value: dict[str, Any] = writer.foreign(first)
        return value
    role = {Role.TOOL: "user", Role.DEVELOPER: "system"}.get(turn.role, turn.role.value)
    return {"role": role, "content": _write_parts(turn.parts, writer), **writer.own(turn.extra)}


def _write_parts(parts: tuple[Part, ...], writer: Writer) -> Any:
    """Blocks; one plain text is written as such. Empty texts of other formats are no blocks here."""
    blocks = [
        block
        for part in parts
        if (block := write_part(part, writer)) is not None
        and (writer.same or block.get("text") != "" or block["type"] != "text")
    ]
    if len(blocks) == 1 and set(blocks[0]) == {"type", "text"}:
        return blocks[0]["text"]
    return blocks


def write_part(part: Part, writer: Writer) -> dict[str, Any] | None:
    if isinstance(part, Text | Refusal):
        return {"type": "text", "text": part.text, **writer.own(part.extra)}
    if isinstance(part, ToolCall):
        return _write_call(part, writer)
    if isinstance(part, ToolResult):
        return _write_result(part, writer)
    if isinstance(part, Reasoning):
        return write_reasoning(part, writer)
    if isinstance(part, Media):
        return _write_media(part, writer)
    value: dict[str, Any] = writer.foreign(part)
    return value


def _write_call(call: ToolCall, writer: Writer) -> dict[str, Any]:
    arguments = json_object(call.arguments)
    if call.free or arguments is None:
        writer.refuse(call.extra.at, "arguments that are no JSON object")
    own = writer.own(call.extra)
    return {"type": "tool_use", "id": call.id, "name": call.name, "input": arguments, **own}


def _write_result(result: ToolResult, writer: Writer) -> dict[str, Any]:
    return {
        "type": "tool_result",
        "tool_use_id": result.call_id,
        **({"content": _write_parts(result.parts, writer)} if result.parts else {}),
        **({"is_error": True} if result.failed else {}),
        **writer.own(result.extra),
    }


def write_reasoning(part: Reasoning, writer: Writer) -> dict[str, Any] | None:
    """Thinking goes back only to whoever had it: nobody else's signature is valid."""
    if not writer.same:
        writer.drop(part.extra.at)
        return None
    if part.sealed:
        return {"type": "redacted_thinking", "data": part.sealed, **writer.own(part.extra)}
    signature = {"signature": part.signature} if part.signature else {}
    return {"type": "thinking", "thinking": part.text, **signature, **writer.own(part.extra)}


def _write_media(media: Media, writer: Writer) -> dict[str, Any]:
    if media.file_id and not writer.same:
        writer.refuse(media.extra.at, "a file that another provider keeps")
    if media.kind not in (MediaKind.IMAGE, MediaKind.FILE):
        writer.refuse(media.extra.at, media.kind.value)
    if media.detail not in ("", "auto"):
        writer.drop((*media.extra.at, "detail"))
    kind = "image" if media.kind is MediaKind.IMAGE else "document"
    title = {"title": media.name} if media.name else {}
    return {"type": kind, "source": _source(media, writer), **title, **writer.own(media.extra)}


def _source(media: Media, writer: Writer) -> dict[str, Any]:
    if media.file_id:
        return {"type": "file", "file_id": media.file_id}
    if media.url:
        return {"type": "url", "url": media.url}
    if media.text:
        return compact({"type": "text", "media_type": media.mime or None, "data": media.text})
    if media.kind is MediaKind.FILE and not writer.same and media.mime != "application/pdf":
        return {"type": "text", "media_type": "text/plain", "data": _decoded(media, writer)}
    return compact({"type": "base64", "media_type": media.mime or None, "data": media.data})


def _decoded(media: Media, writer: Writer) -> str:
    try:
        return base64.b64decode(media.data).decode()
    except ValueError:
        writer.refuse(media.extra.at, f"a file of type {media.mime[:40]}")


def _write_tool(tool: Tool | Foreign, writer: Writer) -> dict[str, Any]:
    if isinstance(tool, Foreign):
        value: dict[str, Any] = writer.foreign(tool)
        return value
    schema = {"type": "object", "properties": {}} if tool.schema is None else tool.schema
    body = {"name": tool.name, "description": tool.description, "input_schema": schema, "strict": tool.strict}
    return compact(body) | writer.own(tool.extra)


def _write_choice(conversation: Conversation) -> dict[str, Any] | None:
    choice, parallel = conversation.choice, conversation.parallel_calls
    if choice is None and (parallel is not False or not conversation.tools):
        return None
    return compact(
        {
            "type": _CHOICES[choice.choosing if choice else Choosing.AUTO],
            "name": choice.name or None if choice else None,
            "disable_parallel_tool_use": None if parallel is None else not parallel,
        }
    )


def _write_thinking(thinking: Thinking | None) -> dict[str, Any] | None:
    if thinking is None:
        return None
    if thinking.effort == "none" or thinking.budget == 0:
        return {"type": "disabled"}
    if thinking.budget is not None:
        return {"type": "enabled", "budget_tokens": thinking.budget}
    if thinking.shown:
        return {"type": "adaptive", "display": "summarized"}
    return None


def _write_config(conversation: Conversation, writer: Writer) -> dict[str, Any]:
    config: dict[str, Any] = {}
    thinking = conversation.thinking
    if thinking is not None:
        writer.own(thinking.extra)
        if thinking.effort not in (None, "none"):
            if not writer.same and thinking.effort not in _EFFORTS:
                writer.refuse_setting("effort", "this value")
            config["effort"] = thinking.effort
    if conversation.output is not None:
        config["format"] = _write_output(conversation.output, writer)
    return config


def _write_output(output: OutputShape, writer: Writer) -> dict[str, Any]:
    if output.schema is None:
        writer.refuse_setting("output", "JSON without a schema")
    writer.own(output.extra)
    return {"type": "json_schema", "schema": output.schema}
