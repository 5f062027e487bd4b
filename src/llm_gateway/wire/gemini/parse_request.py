"""Gemini's requests into the canonical conversation."""

from collections.abc import Iterator, Mapping
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
from llm_gateway.wire.gemini.normal import normal
from llm_gateway.wire.gemini.schemas import json_schema
from llm_gateway.wire.writing import dumps, json_object, rest

WIRE = "gemini_generate"
_ROLES = {"user": Role.USER, "model": Role.ASSISTANT, "function": Role.TOOL}
_MODES = {"AUTO": Choosing.AUTO, "NONE": Choosing.NONE, "ANY": Choosing.REQUIRED}


def parse_request(body: Mapping[str, Any], model: str = "", *, stream: bool = False) -> Conversation:
    """The conversation of a body whose types have been checked. The address says model and stream."""
    body = normal(body)
    understood = ["contents", "systemInstruction", "tools", "generationConfig"]
    config = body.get("generationConfig") or {}
    known: list[str] = []
    output, thinking = _parse_output(config, known), _parse_thinking(config, known)
    return Conversation(
        wire=WIRE,
        model=model,
        turns=tuple(_parse_turns(body)),
        tools=tuple(_parse_tools(body.get("tools") or ())),
        choice=_parse_choice(body.get("toolConfig"), understood),
        sampling=_parse_sampling(config, known),
        output=output,
        thinking=thinking,
        stream=stream,
        extra=rest(body, (), *understood),
    )


def _parse_sampling(config: Mapping[str, Any], known: list[str]) -> Sampling:
    names = ("maxOutputTokens", "temperature", "topP", "topK", "stopSequences", "seed")
    penalties = ("presencePenalty", "frequencyPenalty")
    stop = config.get("stopSequences") or ()
    return Sampling(
        max_tokens=_number(config.get("maxOutputTokens")),
        temperature=_number(config.get("temperature")),
        top_p=_number(config.get("topP")),
        top_k=_number(config.get("topK")),
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
        seed=_number(config.get("seed")),
        presence_penalty=_number(config.get("presencePenalty")),
        frequency_penalty=_number(config.get("frequencyPenalty")),
        extra=rest(config, ("generationConfig",), *known, *names, *penalties),
    )


def _number(value: Any) -> Any:
    """Google's JSON takes numbers as strings, too; one that is no number is refused as misshapen."""
    if type(value) is not str:
        return value
    return float(value) if "." in value else int(value)


def _parse_output(config: Mapping[str, Any], known: list[str]) -> OutputShape | None:
    if config.get("responseMimeType") != "application/json":
        return None
    known += ["responseMimeType", "responseSchema", "responseJsonSchema"]
    own = config.get("responseSchema")
    if own is not None:
        return OutputShape(schema=json_schema(own), own_schema=own)
    return OutputShape(schema=config.get("responseJsonSchema"))


def _parse_thinking(config: Mapping[str, Any], known: list[str]) -> Thinking | None:
    value = config.get("thinkingConfig")
    if not value:
        return None
    known.append("thinkingConfig")
    level = value.get("thinkingLevel")
    at = ("generationConfig", "thinkingConfig")
    return Thinking(
        effort=level.lower() if level else None,
        budget=_number(value.get("thinkingBudget")),
        shown=value.get("includeThoughts"),
        extra=rest(value, at, "thinkingLevel", "thinkingBudget", "includeThoughts"),
    )


def _parse_choice(config: Any, understood: list[str]) -> ToolChoice | None:
    value = config.get("functionCallingConfig") if type(config) is dict else None
    if type(value) is not dict or set(config) != {"functionCallingConfig"}:
        return None
    names = value.get("allowedFunctionNames") or []
    mode = _MODES.get(str(value.get("mode")))
    if mode is None or not set(value) <= {"mode", "allowedFunctionNames"}:
        return None
    if len(names) == 1 and mode is Choosing.REQUIRED:
        understood.append("toolConfig")
        return ToolChoice(Choosing.NAMED, names[0])
    if names:
        return None
    understood.append("toolConfig")
    return ToolChoice(mode)


def _parse_tools(tools: Any) -> Iterator[Tool | Foreign]:
    """Functions are declared in groups, beside tools that run at the provider."""
    for index, group in enumerate(tools):
        for name, value in group.items():
            at: Path = ("tools", index, name)
            if name != "functionDeclarations":
                yield Foreign(at, {name: value})
                continue
            for number, declared in enumerate(value if type(value) is list else [value]):
                yield _parse_tool(declared, (*at, number))


def _parse_tool(declared: Mapping[str, Any], at: Path) -> Tool:
    own = declared.get("parameters")
    known = ("name", "description", "parameters", "parametersJsonSchema")
    return Tool(
        declared.get("name") or "",
        declared.get("description"),
        schema=declared.get("parametersJsonSchema") if own is None else json_schema(own),
        own_schema=own,
        extra=rest(declared, at, *known),
    )


def _parse_turns(body: Mapping[str, Any]) -> Iterator[Turn]:
    system = body.get("systemInstruction")
    if system:
        at: Path = ("systemInstruction",)
        value = {"parts": [{"text": system}]} if type(system) is str else system
        yield Turn(Role.SYSTEM, parse_parts(value.get("parts"), at), at, rest(value, at, "parts"))
    for index, content in enumerate(body["contents"]):
        place: Path = ("contents", index)
        role = _ROLES.get(content.get("role") or "user")
        if role is None:
            yield Turn(Role.USER, (Foreign(place, content),), place)
        else:
            extra = rest(content, place, "role", "parts")
            yield Turn(role, parse_parts(content.get("parts"), place), place, extra)


def parse_parts(value: Any, at: Path) -> tuple[Part, ...]:
    """The parts of a turn."""
    return tuple(_parse_part(part, (*at, "parts", index)) for index, part in enumerate(value or ()))


def _parse_part(part: Any, at: Path) -> Part:
    if type(part) is not dict:
        return Foreign(at, part)
    if type(part.get("text")) is str:
        return _parse_text(part, at)
    if type(part.get("functionCall")) is dict:
        return _parse_call(part, at)
    if type(part.get("functionResponse")) is dict:
        return _parse_result(part, at)
    return _parse_media(part, at) or Foreign(at, part)


def _parse_text(part: Mapping[str, Any], at: Path) -> Part:
    if part.get("thought") is True:
        extra = rest(part, at, "text", "thought", "thoughtSignature")
        return Reasoning(part["text"], part.get("thoughtSignature") or "", extra=extra)
    return Text(part["text"], rest(part, at, "text"))


def _parse_call(part: Mapping[str, Any], at: Path) -> Part:
    call = part["functionCall"]
    if not set(call) <= {"id", "name", "args"}:
        return Foreign(at, part)
    return ToolCall(
        call.get("id") or "",
        call.get("name") or "",
        dumps(call["args"]) if "args" in call else "",
        signature=part.get("thoughtSignature") or "",
        extra=rest(part, at, "functionCall", "thoughtSignature"),
    )


def _parse_result(part: Mapping[str, Any], at: Path) -> Part:
    """The response is an object; one that only wraps a text is that text: see write_request."""
    value = part["functionResponse"]
    if not set(value) <= {"id", "name", "response", "parts"}:
        return Foreign(at, part)
    text, failed = unwrapped(value.get("response"))
    place: Path = (*at, "functionResponse")
    return ToolResult(
        value.get("id") or "",
        (*((Text(text),) if text is not None else ()), *parse_parts(value.get("parts"), place)),
        value.get("name") or "",
        failed,
        extra=rest(part, at, "functionResponse"),
    )


def unwrapped(response: Any) -> tuple[str | None, bool]:
    """What a response object says, and whether it says that the tool failed."""
    if response is None:
        return None, False
    if type(response) is dict and len(response) == 1:
        [(name, value)] = response.items()
        if name in ("result", "error") and type(value) is str and json_object(value or "x") is None:
            return value, name == "error"
    return dumps(response), False


def _parse_media(part: Mapping[str, Any], at: Path) -> Part | None:
    blob, file = part.get("inlineData"), part.get("fileData")
    source = blob if type(blob) is dict else file
    field = "data" if source is blob else "fileUri"
    if type(source) is not dict or not set(source) <= {"mimeType", "displayName", field}:
        return None
    mime = source.get("mimeType") or ""
    extra = rest(part, at, "inlineData" if source is blob else "fileData")
    kind = mime.partition("/")[0]
    value = str(source.get(field) or "")
    return Media(
        MediaKind(kind) if kind in ("image", "audio", "video") else MediaKind.FILE,
        mime,
        data=value if source is blob else "",
        url="" if source is blob else value,
        name=source.get("displayName") or "",
        extra=extra,
    )
