"""Responses requests from the canonical conversation."""

from collections.abc import Iterator
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
    ToolChoice,
    ToolResult,
    Turn,
)
from llm_gateway.wire.writing import Writer, compact, data_uri, linked


def write_request(conversation: Conversation, writer: Writer) -> dict[str, Any]:
    """The body of a responses request. Raises BadRequest for what it cannot say.

    Nothing is to be stored at the provider when the client's own format does not store anything.
    """
    said = conversation.sampling
    for name in ("stop", "top_k", "seed", "presence_penalty", "frequency_penalty"):
        if getattr(said, name):
            writer.refuse_setting(name)
    writer.own(said.extra)
    return compact(
        {
            "model": conversation.model,
            **_write_input(conversation, writer),
            "stream": conversation.stream or None,
            "tools": [_write_tool(tool, writer) for tool in conversation.tools] or None,
            "tool_choice": _write_choice(conversation.choice),
            "parallel_tool_calls": conversation.parallel_calls,
            "max_output_tokens": said.max_tokens,
            "temperature": said.temperature,
            "top_p": said.top_p,
            "text": _write_text(conversation, writer) or None,
            "reasoning": _write_thinking(conversation.thinking, writer),
            "user": conversation.user,
            "store": None if writer.same else False,
            **writer.own(conversation.extra),
        }
    )


def _write_input(conversation: Conversation, writer: Writer) -> dict[str, Any]:
    turns = conversation.turns if writer.same else linked(conversation)
    body: dict[str, Any] = {}
    if turns and turns[0].at == ("instructions",):
        body["instructions"] = "".join(part.text for part in turns[0].parts if isinstance(part, Text))
        turns = turns[1:]
    if len(turns) == 1 and turns[0].at == ("input",) and isinstance(turns[0].parts[0], Text):
        return body | {"input": turns[0].parts[0].text}
    items = [item for turn in turns for item in write_item(turn, writer)]
    return body | ({"input": items} if items else {})


def write_item(turn: Turn, writer: Writer) -> Iterator[dict[str, Any]]:
    """A turn as items: calls, results and reasoning are their own; the rest is one message."""
    first = turn.parts[0] if turn.parts else None
    if isinstance(first, Foreign) and first.at == turn.at:
        yield writer.foreign(first)
        return
    content = [part for part in turn.parts if isinstance(part, Text | Media | Refusal | Foreign)]
    for part in turn.parts:
        if isinstance(part, Reasoning):
            yield from _write_reasoning(part, writer)
        elif isinstance(part, ToolResult):
            yield _write_result(part, writer)
    if content or not turn.parts:
        yield _write_message(turn, tuple(content), writer)
    else:
        writer.own(turn.extra)
    for part in turn.parts:
        if isinstance(part, ToolCall):
            yield write_call(part, writer)


def _write_message(turn: Turn, content: tuple[Part, ...], writer: Writer) -> dict[str, Any]:
    text = "output_text" if turn.role is Role.ASSISTANT else "input_text"
    role = Role.USER if turn.role is Role.TOOL else turn.role
    return {"role": role.value, "content": write_content(content, text, writer), **writer.own(turn.extra)}


def _write_reasoning(part: Reasoning, writer: Writer) -> Iterator[dict[str, Any]]:
    if writer.same:
        yield {"type": "reasoning", **part.extra.members}
    else:
        writer.drop(part.extra.at)


def write_call(call: ToolCall, writer: Writer) -> dict[str, Any]:
    """A call as an item."""
    own = writer.own(call.extra)
    if call.free:
        return {
            "type": "custom_tool_call",
            "call_id": call.id,
            "name": call.name,
            "input": call.arguments,
            **own,
        }
    body = {"type": "function_call", "call_id": call.id, "name": call.name, "arguments": call.arguments}
    return {**body, **own}


def _write_result(result: ToolResult, writer: Writer) -> dict[str, Any]:
    if result.failed:
        writer.drop((*result.extra.at, "is_error"))
    kind = "custom_tool_call_output" if result.free else "function_call_output"
    output = write_content(result.parts, "input_text", writer)
    return {"type": kind, "call_id": result.call_id, "output": output, **writer.own(result.extra)}


def write_content(parts: tuple[Part, ...], text: str, writer: Writer) -> Any:
    """Parts, texts among them of the type `text`; one plain text is written as such."""
    written = [_write_part(part, text, writer) for part in parts]
    if len(written) == 1 and type(written[0]) is dict and set(written[0]) == {"type", "text"}:
        return written[0]["text"]
    if len(parts) == 1 and isinstance(parts[0], Foreign) and type(parts[0].at[-1]) is str:
        return written[0]
    return written if parts else ""


def _write_part(part: Part, text: str, writer: Writer) -> Any:
    if isinstance(part, Text):
        return {"type": text, "text": part.text, **writer.own(part.extra)}
    if isinstance(part, Refusal):
        return {"type": "refusal", "refusal": part.text, **writer.own(part.extra)}
    if isinstance(part, Media):
        return _write_media(part, writer) | writer.own(part.extra)
    if isinstance(part, Foreign):
        return writer.foreign(part)
    return writer.refuse(part.extra.at)


def _write_media(media: Media, writer: Writer) -> dict[str, Any]:
    if media.file_id and not writer.same:
        writer.refuse(media.extra.at, "a file that another provider keeps")
    inline = data_uri(media) if media.data or media.text else None
    if media.kind is MediaKind.IMAGE:
        detail = media.detail or (None if writer.same else "auto")
        image = {
            "image_url": media.url or inline,
            "file_id": media.file_id or None,
            "detail": detail,
        }
        return {"type": "input_image"} | compact(image)
    if media.kind is MediaKind.FILE:
        file = {
            "file_url": media.url or None,
            "file_id": media.file_id or None,
            "file_data": inline,
            "filename": media.name or (None if writer.same or not inline else "file"),
        }
        return {"type": "input_file"} | compact(file)
    return writer.refuse(media.extra.at, media.kind.value)


def _write_tool(tool: Tool | Foreign, writer: Writer) -> dict[str, Any]:
    if isinstance(tool, Foreign):
        value: dict[str, Any] = writer.foreign(tool)
        return value
    schema = {"type": "object", "properties": {}} if tool.schema is None and not writer.same else tool.schema
    strict = False if tool.strict is None and not writer.same else tool.strict
    body = {"name": tool.name, "description": tool.description, "parameters": schema, "strict": strict}
    return {"type": "function", **compact(body), **writer.own(tool.extra)}


def _write_choice(choice: ToolChoice | None) -> Any:
    if choice is None:
        return None
    if choice.choosing is Choosing.NAMED:
        return {"type": "function", "name": choice.name}
    return choice.choosing.value


def _write_text(conversation: Conversation, writer: Writer) -> dict[str, Any]:
    output = conversation.output
    shape = _write_output(output, writer) if output else None
    return compact({"format": shape, "verbosity": conversation.verbosity})


def _write_output(output: OutputShape, writer: Writer) -> dict[str, Any]:
    if output.schema is None and not output.name:
        return {"type": "json_object"}
    shape = {"name": output.name or "answer", "schema": output.schema, "strict": output.strict}
    return {"type": "json_schema", **compact(shape), **writer.own(output.extra)}


def _write_thinking(thinking: Thinking | None, writer: Writer) -> dict[str, Any] | None:
    if thinking is None:
        return None
    if thinking.budget is not None:
        writer.refuse_setting("budget", "a number of tokens to think with")
    own = writer.own(thinking.extra)
    summary = "auto" if thinking.shown and not writer.same else None
    return compact({"effort": thinking.effort, "summary": summary}) | own
