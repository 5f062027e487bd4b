"""Chat requests from the canonical conversation."""

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
from llm_gateway.wire.writing import Writer, compact, data_uri, linked, merged


def write_request(conversation: Conversation, writer: Writer) -> dict[str, Any]:
    """The body of a chat request. Raises BadRequest for what it cannot say."""
    said = conversation.sampling
    if said.top_k is not None:
        writer.refuse_setting("top_k")
    writer.own(said.extra)
    thinking = conversation.thinking
    return compact(
        {
            "model": conversation.model,
            "messages": _write_turns(conversation, writer),
            "stream": conversation.stream or None,
            "stream_options": {"include_usage": True} if conversation.stream and not writer.same else None,
            "tools": [_write_tool(tool, writer) for tool in conversation.tools] or None,
            "tool_choice": _write_choice(conversation.choice),
            "parallel_tool_calls": conversation.parallel_calls if conversation.tools else None,
            "max_completion_tokens": said.max_tokens,
            "temperature": said.temperature,
            "top_p": said.top_p,
            "stop": list(said.stop) or None,
            "seed": said.seed,
            "presence_penalty": said.presence_penalty,
            "frequency_penalty": said.frequency_penalty,
            "response_format": _write_output(conversation.output, writer),
            "reasoning_effort": _write_effort(thinking, writer) if thinking else None,
            "verbosity": conversation.verbosity,
            "user": conversation.user,
            **writer.own(conversation.extra),
        }
    )


def _write_effort(thinking: Thinking, writer: Writer) -> str | None:
    """A chat answer shows reasoning when its provider likes; a budget it does not know."""
    if thinking.budget is not None:
        writer.refuse_setting("budget", "a number of tokens to think with")
    writer.own(thinking.extra)
    return thinking.effort


def _write_turns(conversation: Conversation, writer: Writer) -> list[dict[str, Any]]:
    if writer.same:
        turns: list[Turn] = list(conversation.turns)
    else:
        turns = merged(linked(conversation), Role.ASSISTANT)
    return [message for turn in turns for message in _write_turn(turn, writer)]


def _write_turn(turn: Turn, writer: Writer) -> list[dict[str, Any]]:
    first = turn.parts[0] if turn.parts else None
    if isinstance(first, Foreign) and first.at == turn.at:
        return [writer.foreign(first)]
    extra = writer.own(turn.extra)
    results = [part for part in turn.parts if isinstance(part, ToolResult)]
    others = tuple(part for part in turn.parts if not isinstance(part, ToolResult))
    messages = [_write_result(result, writer) for result in results]
    if turn.role is Role.ASSISTANT:
        said = write_said(others, writer) | extra
        messages += [said] if writer.same or len(said) > 1 else []
    elif others or not results:
        messages.append({"role": turn.role.value, "content": _write_content(others, writer), **extra})
    return messages


def _write_result(result: ToolResult, writer: Writer) -> dict[str, Any]:
    if result.failed:
        writer.drop((*result.extra.at, "is_error"))
    return {
        "role": "tool",
        "tool_call_id": result.call_id,
        "content": _write_content(result.parts, writer, only_text=True),
        **writer.own(result.extra),
    }


def write_said(parts: tuple[Part, ...], writer: Writer) -> dict[str, Any]:
    """An assistant's message. Thoughts of earlier turns are only written back to who had them."""
    message: dict[str, Any] = {"role": "assistant"}
    content = [
        part
        for part in parts
        if isinstance(part, Text | Media | Foreign) or (isinstance(part, Refusal) and part.inline)
    ]
    if content:
        message["content"] = _write_content(tuple(content), writer, only_text=True)
    for part in parts:
        if isinstance(part, Refusal) and not part.inline:
            message["refusal"] = part.text
        elif isinstance(part, Reasoning):
            _write_reasoning(part, message, writer)
        elif isinstance(part, ToolCall):
            message.setdefault("tool_calls", []).append(write_call(part, writer))
    return message


def _write_reasoning(part: Reasoning, message: dict[str, Any], writer: Writer) -> None:
    if writer.same:
        message["reasoning_content"] = part.text
    else:
        writer.drop(part.extra.at)


def write_call(call: ToolCall, writer: Writer) -> dict[str, Any]:
    """A call as an item of `tool_calls`."""
    if call.free:
        body: dict[str, Any] = {"type": "custom", "custom": {"name": call.name, "input": call.arguments}}
    else:
        body = {"type": "function", "function": {"name": call.name, "arguments": call.arguments}}
    if call.signature:
        body["extra_content"] = {"google": {"thought_signature": call.signature}}
    return {"id": call.id, **body, **writer.own(call.extra)}


def _write_content(parts: tuple[Part, ...], writer: Writer, *, only_text: bool = False) -> Any:
    """One plain text is written as such. `only_text` where this format takes no media."""
    if not parts:
        return ""
    if len(parts) == 1 and isinstance(parts[0], Text) and not writer.own(parts[0].extra):
        return parts[0].text
    return [_write_part(part, writer, only_text=only_text) for part in parts]


def _write_part(part: Part, writer: Writer, *, only_text: bool) -> dict[str, Any]:
    if isinstance(part, Text):
        return {"type": "text", "text": part.text, **writer.own(part.extra)}
    if isinstance(part, Refusal):
        return {"type": "refusal", "refusal": part.text, **writer.own(part.extra)}
    if isinstance(part, Media):
        if only_text and not writer.same:
            writer.refuse(part.extra.at, "media in this place")
        return write_media(part, writer) | writer.own(part.extra)
    if isinstance(part, Foreign):
        value: dict[str, Any] = writer.foreign(part)
        return value
    return writer.refuse(part.extra.at)


def write_media(media: Media, writer: Writer) -> dict[str, Any]:
    """A picture, a recording or a file as a content part."""
    if media.file_id and not writer.same:
        writer.refuse(media.extra.at, "a file that another provider keeps")
    if media.kind is MediaKind.IMAGE and not media.file_id:
        image = {"url": media.url or data_uri(media), "detail": media.detail or None}
        return {"type": "image_url", "image_url": compact(image)}
    if media.kind is MediaKind.AUDIO and media.data:
        kind = media.mime.removeprefix("audio/").replace("mpeg", "mp3").replace("x-wav", "wav")
        return {"type": "input_audio", "input_audio": {"data": media.data, "format": kind}}
    if media.kind is MediaKind.FILE and (media.data or media.text or media.file_id):
        file = {"file_id": media.file_id or None, "filename": media.name or None}
        return {
            "type": "file",
            "file": compact(file | {"file_data": None if media.file_id else data_uri(media)}),
        }
    return writer.refuse(media.extra.at, f"{media.kind} in this form")


def _write_tool(tool: Tool | Foreign, writer: Writer) -> dict[str, Any]:
    if isinstance(tool, Foreign):
        value: dict[str, Any] = writer.foreign(tool)
        return value
    function = {
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.schema,
        "strict": tool.strict,
    }
    return {"type": "function", "function": compact(function) | writer.own(tool.extra)}


def _write_choice(choice: ToolChoice | None) -> Any:
    if choice is None:
        return None
    if choice.choosing is Choosing.NAMED:
        return {"type": "function", "function": {"name": choice.name}}
    return choice.choosing.value


def _write_output(output: OutputShape | None, writer: Writer) -> dict[str, Any] | None:
    if output is None:
        return None
    if output.schema is None and not output.name:
        return {"type": "json_object"}
    shape = {"name": output.name or "answer", "schema": output.schema, "strict": output.strict}
    return {"type": "json_schema", "json_schema": compact(shape) | writer.own(output.extra)}
