"""Labelling a chat completions request: every string leaf, its role and provenance."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path, Provenance, Segment
from llm_gateway.wire.collect import Collector, Labels, labelled
from llm_gateway.wire.definition import choice, definition
from llm_gateway.wire.format import ReadRequest
from llm_gateway.wire.openai_chat.shapes import REQUEST
from llm_gateway.wire.shape import checker

PROVENANCE: Mapping[str, Provenance] = {
    "system": Provenance.OPERATOR,
    "developer": Provenance.OPERATOR,
    "user": Provenance.USER,
    "assistant": Provenance.MODEL,
    "tool": Provenance.TOOL,
    "function": Provenance.TOOL,
}

_check = checker(REQUEST)


def read_request(body: Any) -> ReadRequest:
    """Raises BadRequest naming the first field of the wrong type."""
    _check(body)
    if not body["messages"]:
        raise BadRequest(
            "messages is empty; send at least one message.", code="empty_messages", param="messages"
        )
    if not body["model"]:
        raise BadRequest("model is empty; name a model.", code="missing_model", param="model")
    return ReadRequest(body["model"], bool(body.get("stream")), labelled(body, _REQUEST))


def _messages(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """Nearly every message is a role and a text; those take the short way."""
    for index, message in enumerate(value):
        role = message["role"]
        content = message.get("content")
        known = PROVENANCE.get(role)
        if type(content) is str and known is not None and len(message) == 2:
            if content:
                found.segments.append(Segment(("messages", index, "content"), content, known, role))
        else:
            read_message(found, (*path, index), message)


def read_message(found: Collector, path: Path, message: dict[str, Any]) -> None:
    """One message of a request or an answer."""
    role = message["role"] if type(message.get("role")) is str else ""
    found.members(path, message, _MESSAGE, PROVENANCE.get(role, Provenance.USER), role)


def _role(found: Collector, path: Path, value: Any, provenance: Provenance, _role: str) -> None:
    """A known role becomes the role of the segments; any other is a text."""
    if type(value) is not str or value not in PROVENANCE:
        found.leaves(path, value, provenance)


def _content(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    if type(value) is not list:
        return found.leaves(path, value, provenance, role)
    texts: list[tuple[Path, str]] = []
    for index, part in enumerate(value):
        found.members((*path, index), part, _PART, provenance, role)
        if type(part) is dict and type(part.get("text")) is str:
            texts.append(((*path, index, "text"), part["text"]))
    return found.joined(path, texts, provenance, role)


def _media(labels: Labels) -> Any:
    """An object with base64 or a URL in one field, or that alone."""

    def label(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
        if type(value) is str:
            found.media(path, value, provenance, role)
        else:
            found.members(path, value, labels, provenance, role)

    return label


def _calls(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    found.each(path, value, _call, Provenance.MODEL, "assistant")


def _call(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, _CALL, provenance, role)


def _function(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    """What the model wrote, whoever sends it now."""
    found.members(path, value, _FUNCTION, Provenance.MODEL, "assistant")


_FUNCTION: Labels = {"name": Collector.name, "arguments": Collector.leaves, "input": Collector.leaves}
_CALL: Labels = {
    "id": Collector.identifier,
    "type": Collector.word,
    "function": _function,
    "custom": _function,
}
_PART: Labels = {
    "type": Collector.word,
    "text": Collector.leaves,
    "refusal": Collector.leaves,
    "image_url": _media({"url": Collector.media, "detail": Collector.word}),
    "input_audio": _media({"data": Collector.media, "format": Collector.word}),
    "file": _media({"file_data": Collector.media, "file_id": Collector.identifier}),
}
_MESSAGE: Labels = {
    "role": _role,
    "content": _content,
    "name": Collector.leaves,
    "refusal": Collector.leaves,
    "tool_call_id": Collector.identifier,
    "tool_calls": _calls,
    "function_call": _function,
    "audio": _media({"id": Collector.identifier, "data": Collector.media}),
}
_REQUEST: Labels = {name.rstrip("!"): Collector.leaves for name in REQUEST} | {
    "model": Collector.model,
    "messages": _messages,
    "tools": definition,
    "functions": definition,
    "tool_choice": choice,
    "function_call": choice,
    "response_format": definition,
    "reasoning_effort": Collector.word,
    "verbosity": Collector.word,
    "service_tier": Collector.word,
}
