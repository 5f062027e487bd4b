"""Labelling a chat completions request: every string leaf, its role and provenance."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path, Provenance
from llm_gateway.wire.collect import Collector
from llm_gateway.wire.format import ReadRequest
from llm_gateway.wire.openai_chat.shapes import REQUEST
from llm_gateway.wire.shape import check

PROVENANCE: Mapping[str, Provenance] = {
    "system": Provenance.OPERATOR,
    "developer": Provenance.OPERATOR,
    "user": Provenance.USER,
    "assistant": Provenance.MODEL,
    "tool": Provenance.TOOL,
    "function": Provenance.TOOL,
}

_ENUMERATIONS = ("reasoning_effort", "verbosity", "service_tier")
_REQUEST = frozenset(
    (
        "model",
        "messages",
        "tools",
        "functions",
        "tool_choice",
        "function_call",
        "response_format",
        *_ENUMERATIONS,
    )
)
_MESSAGE = frozenset(
    ("role", "content", "name", "refusal", "tool_calls", "tool_call_id", "function_call", "audio")
)
_PART = frozenset(("type", "text", "image_url", "input_audio", "file"))
_CALL = frozenset(("id", "type", "function", "index"))


def read_request(body: Any) -> ReadRequest:
    """Raises BadRequest naming the first field of the wrong type."""
    check(body, REQUEST)
    if not body["messages"]:
        raise BadRequest(
            "messages is empty; send at least one message.", code="empty_messages", param="messages"
        )
    if not body["model"]:
        raise BadRequest("model is empty; name a model.", code="missing_model", param="model")
    found = Collector()
    found.model(("model",), body["model"])
    for index, message in enumerate(body["messages"]):
        read_message(found, ("messages", index), message)
    _read_tools(found, body)
    for name in _ENUMERATIONS:
        if body.get(name) is not None:
            found.word((name,), body[name])
    found.rest((), body, _REQUEST, Provenance.USER)
    return ReadRequest(body["model"], bool(body.get("stream")), found.segments, found.skipped)


def read_message(found: Collector, path: Path, message: dict[str, Any]) -> None:
    """One message of a request or an answer."""
    role = message["role"] if type(message.get("role")) is str else ""
    provenance = PROVENANCE.get(role, Provenance.USER)
    if role not in PROVENANCE and "role" in message:
        found.leaves((*path, "role"), message["role"])
    content = message.get("content")
    if type(content) is str:
        found.text((*path, "content"), content, provenance, role)
    elif type(content) is list:
        _read_parts(found, (*path, "content"), content, provenance, role)
    elif content is not None:
        found.leaves((*path, "content"), content, provenance, role)
    if len(message) > 2:
        _read_extras(found, path, message, provenance, role)


def _read_extras(
    found: Collector, path: Path, message: dict[str, Any], provenance: Provenance, role: str
) -> None:
    for name in ("name", "refusal"):
        if message.get(name) is not None:
            found.leaves((*path, name), message[name], provenance, role)
    if message.get("tool_call_id") is not None:
        found.identifier((*path, "tool_call_id"), message["tool_call_id"])
    calls = message.get("tool_calls")
    for index, call in enumerate(calls if type(calls) is list else ()):
        read_tool_call(found, (*path, "tool_calls", index), call)
    if calls is not None and type(calls) is not list:
        found.leaves((*path, "tool_calls"), calls, provenance, role)
    if message.get("function_call") is not None:
        found.leaves((*path, "function_call"), message["function_call"], Provenance.MODEL, role)
    if message.get("audio") is not None:
        _read_audio(found, (*path, "audio"), message["audio"], provenance)
    trusted = provenance is Provenance.OPERATOR
    found.rest(path, message, _MESSAGE, Provenance.USER if trusted else provenance)


def read_tool_call(found: Collector, path: Path, call: Any) -> None:
    """A call the model made; its arguments are the model's text."""
    if type(call) is not dict:
        return found.leaves(path, call, Provenance.MODEL)
    for name in ("id", "type"):
        if call.get(name) is not None:
            found.identifier((*path, name), call[name], Provenance.MODEL)
    if call.get("function") is not None:
        found.leaves((*path, "function"), call["function"], Provenance.MODEL, "assistant")
    return found.rest(path, call, _CALL, Provenance.MODEL)


def _read_parts(found: Collector, path: Path, parts: list[Any], provenance: Provenance, role: str) -> None:
    texts: list[tuple[Path, str]] = []
    for index, part in enumerate(parts):
        here = (*path, index)
        if type(part) is not dict:
            found.leaves(here, part, provenance, role)
            continue
        if type(part.get("text")) is str:
            texts.append(((*here, "text"), part["text"]))
        _read_part(found, here, part, provenance, role)
    found.joined(path, texts, provenance, role)


def _read_part(found: Collector, path: Path, part: dict[str, Any], provenance: Provenance, role: str) -> None:
    found.word((*path, "type"), part.get("type"), provenance)
    if "text" in part:
        found.leaves((*path, "text"), part["text"], provenance, role)
    if "image_url" in part:
        _read_media(found, (*path, "image_url"), part["image_url"], "url", provenance)
    if "input_audio" in part:
        _read_media(found, (*path, "input_audio"), part["input_audio"], "data", provenance)
    if "file" in part:
        _read_media(found, (*path, "file"), part["file"], "file_data", provenance)
    found.rest(path, part, _PART, provenance)


def _read_media(found: Collector, path: Path, value: Any, field: str, provenance: Provenance) -> None:
    """An object with base64 or a URL in one field; its other fields are texts (file names)."""
    if type(value) is not dict:
        return found.media(path, value, provenance)
    if field in value:
        found.media((*path, field), value[field], provenance)
    for name in ("detail", "format", "file_id"):
        if name in value:
            found.identifier((*path, name), value[name], provenance)
    return found.rest(path, value, frozenset((field, "detail", "format", "file_id")), provenance)


def _read_audio(found: Collector, path: Path, value: Any, provenance: Provenance) -> None:
    if type(value) is not dict:
        return found.leaves(path, value, provenance)
    found.identifier((*path, "id"), value.get("id"), provenance)
    if "data" in value:
        found.media((*path, "data"), value["data"], provenance)
    return found.rest(path, value, frozenset(("id", "data", "expires_at")), provenance)


def _read_tools(found: Collector, body: dict[str, Any]) -> None:
    for name in ("tools", "functions", "tool_choice", "function_call", "response_format"):
        if body.get(name) is not None:
            _read_definition(found, (name,), body[name])


def _read_definition(found: Collector, path: Path, value: Any) -> None:
    """A definition's strings and names, its type tags left out: a schema is full of them."""
    if type(value) is list:
        for index, item in enumerate(value):
            _read_definition(found, (*path, index), item)
    elif type(value) is dict:
        for name, item in value.items():
            if name == "type":
                found.word((*path, name), item, Provenance.TOOL_DEFINITION)
                continue
            found.key((*path, name), name, Provenance.TOOL_DEFINITION)
            _read_definition(found, (*path, name), item)
    else:
        found.leaves(path, value, Provenance.TOOL_DEFINITION)
