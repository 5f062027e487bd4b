"""Gemini's requests from the canonical conversation."""

import base64
from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.conversation import (
    Choosing,
    Conversation,
    Foreign,
    Media,
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
from llm_gateway.wire.writing import Writer, compact, json_object, linked, merged, plain_text

# https://ai.google.dev/gemini-api/docs/thought-signatures: what to send with calls that another model made.
NO_SIGNATURE = "skip_thought_signature_validator"

_OPERATOR = (Role.SYSTEM, Role.DEVELOPER)
_ROLES = {Role.USER: "user", Role.ASSISTANT: "model", Role.TOOL: "user"}
_MODES = {Choosing.AUTO: "AUTO", Choosing.NONE: "NONE", Choosing.REQUIRED: "ANY", Choosing.NAMED: "ANY"}
_EFFORTS = frozenset(("minimal", "low", "medium", "high"))


def write_request(conversation: Conversation, writer: Writer) -> dict[str, Any]:
    """The body of a request; the address says model and stream. Raises BadRequest for what it cannot say."""
    if conversation.parallel_calls is False:
        writer.refuse_setting("parallel_tool_calls")
    writer.plain_verbosity(conversation.verbosity)
    if conversation.user is not None:
        writer.drop(("user",))
    turns = _turns(conversation, writer)
    system = [turn for turn in turns if turn.role in _OPERATOR]
    return compact(
        {
            "systemInstruction": _write_system(system, writer),
            "contents": [
                written
                for turn in turns
                if turn.role not in _OPERATOR
                and ((written := _write_turn(turn, writer)).get("parts") or writer.same)
            ],
            "tools": _write_tools(conversation, writer) or None,
            "toolConfig": _write_choice(conversation.choice),
            "generationConfig": _write_config(conversation, writer) or None,
            **writer.own(conversation.extra),
        }
    )


def _turns(conversation: Conversation, writer: Writer) -> list[Turn]:
    """Gemini has one system instruction, in front: an operator's word amid the turns has no place."""
    if writer.same:
        return list(conversation.turns)
    turns = merged(linked(conversation), Role.ASSISTANT, Role.TOOL)
    begun = False
    for turn in turns:
        if begun and turn.role in _OPERATOR:
            writer.refuse(turn.at, "a system prompt amid the conversation")
        begun = begun or turn.role not in _OPERATOR
    return turns


def _write_system(turns: list[Turn], writer: Writer) -> dict[str, Any] | None:
    if not turns:
        return None
    parts = [part for turn in turns for part in write_parts(turn.parts, writer)]
    extra = {name: value for turn in turns for name, value in writer.own(turn.extra).items()}
    return {"parts": parts, **extra}


def _write_turn(turn: Turn, writer: Writer) -> dict[str, Any]:
    first = turn.parts[0] if turn.parts else None
    if isinstance(first, Foreign) and first.at == turn.at:
        value: dict[str, Any] = writer.foreign(first)
        return value
    role = "function" if turn.role is Role.TOOL and writer.same else _ROLES[turn.role]
    return {"role": role, "parts": write_parts(turn.parts, writer), **writer.own(turn.extra)}


def write_parts(parts: tuple[Part, ...], writer: Writer) -> list[dict[str, Any]]:
    written = []
    signed = writer.same
    for part in parts:
        if isinstance(part, ToolCall):
            written.append(_write_call(part, writer, sign=not signed))
            signed = True
        else:
            one = _write_part(part, writer)
            written += [one] if one is not None else []
    return written


def _write_part(part: Part, writer: Writer) -> dict[str, Any] | None:
    if isinstance(part, Text | Refusal):
        return {"text": part.text, **writer.own(part.extra)}
    if isinstance(part, Reasoning):
        return _write_reasoning(part, writer)
    if isinstance(part, ToolResult):
        return _write_result(part, writer)
    if isinstance(part, Media):
        return _write_media(part, writer)
    if isinstance(part, Foreign):
        value: dict[str, Any] = writer.foreign(part)
        return value
    return None


def _write_reasoning(part: Reasoning, writer: Writer) -> dict[str, Any] | None:
    if not writer.same:
        writer.drop(part.extra.at)
        return None
    signature = {"thoughtSignature": part.signature} if part.signature else {}
    return {"text": part.text, "thought": True, **signature, **writer.own(part.extra)}


def _write_call(call: ToolCall, writer: Writer, *, sign: bool) -> dict[str, Any]:
    """Each step's first call must be signed; a call that another model made says so."""
    arguments = json_object(call.arguments)
    if call.free or arguments is None:
        writer.refuse(call.extra.at, "arguments that are no JSON object")
    body = {"id": call.id or None, "name": call.name, "args": arguments if call.arguments else None}
    signature = call.signature or (NO_SIGNATURE if sign else "")
    signed = {"thoughtSignature": signature} if signature else {}
    return {"functionCall": compact(body), **signed, **writer.own(call.extra)}


def _write_result(result: ToolResult, writer: Writer) -> dict[str, Any]:
    if not result.name and not writer.same:
        writer.refuse(result.extra.at, "a result of a call that is not in the conversation")
    texts = [part for part in result.parts if isinstance(part, Text)]
    others = tuple(part for part in result.parts if not isinstance(part, Text))
    body = {
        "id": result.call_id or None,
        "name": result.name or None,
        "response": wrapped(plain_text(texts) or "", failed=result.failed)
        if texts or not writer.same
        else None,
        "parts": write_parts(others, writer) or None,
    }
    for text in texts:
        writer.own(text.extra)
    return {"functionResponse": compact(body), **writer.own(result.extra)}


def wrapped(text: str, *, failed: bool) -> dict[str, Any]:
    """A result as the object that Gemini asks for: a JSON object as it is, anything else in one."""
    if failed:
        return {"error": text}
    found = json_object(text) if text else None
    return {"result": text} if found is None else found


def _write_media(media: Media, writer: Writer) -> dict[str, Any]:
    if media.file_id and not writer.same:
        writer.refuse(media.extra.at, "a file that another provider keeps")
    if media.url and not writer.same:
        writer.refuse(media.extra.at, "media by address; send the bytes")
    if media.detail not in ("", "auto"):
        writer.drop((*media.extra.at, "detail"))
    source = {"mimeType": media.mime or None, "displayName": media.name or None}
    own = writer.own(media.extra)
    if media.url:
        return {"fileData": compact(source | {"fileUri": media.url}), **own}
    data = media.data or base64.b64encode(media.text.encode()).decode()
    mime = (media.mime or "text/plain") if media.text else (media.mime or None)
    return {"inlineData": compact(source | {"mimeType": mime, "data": data}), **own}


def _write_tools(conversation: Conversation, writer: Writer) -> list[dict[str, Any]]:
    functions = [_write_tool(tool, writer) for tool in conversation.tools if isinstance(tool, Tool)]
    others = [writer.foreign(tool) for tool in conversation.tools if isinstance(tool, Foreign)]
    return [*([{"functionDeclarations": functions}] if functions else []), *others]


def _write_tool(tool: Tool, writer: Writer) -> dict[str, Any]:
    own = tool.own_schema if writer.same else None
    body = {
        "name": tool.name,
        "description": tool.description,
        "parameters": own,
        "parametersJsonSchema": tool.schema if own is None else None,
    }
    return compact(body) | writer.own(tool.extra)


def _write_choice(choice: ToolChoice | None) -> dict[str, Any] | None:
    if choice is None:
        return None
    named = {"allowedFunctionNames": [choice.name]} if choice.choosing is Choosing.NAMED else {}
    return {"functionCallingConfig": {"mode": _MODES[choice.choosing], **named}}


def _write_config(conversation: Conversation, writer: Writer) -> dict[str, Any]:
    said = conversation.sampling
    thinking = conversation.thinking
    return compact(
        {
            "maxOutputTokens": said.max_tokens,
            "temperature": said.temperature,
            "topP": said.top_p,
            "topK": said.top_k,
            "stopSequences": list(said.stop) or None,
            "seed": said.seed,
            "presencePenalty": said.presence_penalty,
            "frequencyPenalty": said.frequency_penalty,
            "thinkingConfig": _write_thinking(thinking, writer) if thinking else None,
            **_write_output(conversation, writer),
            **writer.own(said.extra),
        }
    )


def _write_thinking(thinking: Thinking, writer: Writer) -> dict[str, Any]:
    own = writer.own(thinking.extra)
    if writer.same:
        level = thinking.effort.upper() if thinking.effort else None
    elif thinking.effort == "none":
        return {"thinkingBudget": 0}
    elif thinking.effort is None or thinking.effort in _EFFORTS:
        level = thinking.effort.upper() if thinking.effort else None
    else:
        writer.refuse_setting("effort", "this value")
    shown = {"thinkingBudget": thinking.budget, "includeThoughts": thinking.shown}
    return compact({"thinkingLevel": level, **shown}) | own


def _write_output(conversation: Conversation, writer: Writer) -> Mapping[str, Any]:
    output = conversation.output
    if output is None:
        return {}
    own = output.own_schema if writer.same else None
    return {
        "responseMimeType": "application/json",
        "responseSchema": own,
        "responseJsonSchema": output.schema if own is None else None,
        **writer.own(output.extra),
    }
