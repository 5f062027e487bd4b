"""Labelling a messages request: every string leaf, its role and provenance.

Results of tools, documents and search results are texts of third parties, whoever's turn they are
in. Thinking is the model's own text; its signature, and thinking that the provider has encrypted,
say nothing to anybody else.
"""

from collections.abc import Callable, Mapping
from typing import Any

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path, Provenance, Segment
from llm_gateway.wire.anthropic_messages.shapes import COUNT_TOKENS, REQUEST
from llm_gateway.wire.collect import Collector, Labels, labelled
from llm_gateway.wire.definition import choice, definition
from llm_gateway.wire.format import ReadRequest
from llm_gateway.wire.shape import checker

PROVENANCE: Mapping[str, Provenance] = {
    "user": Provenance.USER,
    "assistant": Provenance.MODEL,
    "system": Provenance.OPERATOR,
}
_OF_THIRD_PARTIES = frozenset(("tool_result", "document", "search_result"))

_check_request = checker(REQUEST)
_check_count = checker(COUNT_TOKENS)


def read_request(body: Any) -> ReadRequest:
    """Raises BadRequest naming the first field of the wrong type."""
    return _read(body, _check_request)


def read_count(body: Any) -> ReadRequest:
    """The same for a request to count tokens, which needs no `max_tokens`."""
    return _read(body, _check_count)


def _read(body: Any, check: Callable[[Any], None]) -> ReadRequest:
    check(body)
    if not body["messages"]:
        raise BadRequest(
            "messages is empty; send at least one message.", code="empty_messages", param="messages"
        )
    if not body["model"]:
        raise BadRequest("model is empty; name a model.", code="missing_model", param="model")
    return ReadRequest(body["model"], bool(body.get("stream")), labelled(body, _REQUEST))


def _messages(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    for index, message in enumerate(value):
        role = message["role"]
        known = PROVENANCE.get(role)
        content = message["content"]
        if type(content) is str and known is not None and len(message) == 2:
            if content:
                found.segments.append(Segment(("messages", index, "content"), content, known, role))
        else:
            found.members((*path, index), message, _MESSAGE, known or Provenance.USER, role)


def _system(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    content(found, path, value, Provenance.OPERATOR, "system")


def _role(found: Collector, path: Path, value: Any, provenance: Provenance, _role: str) -> None:
    """A known role becomes the role of the segments; any other is a text."""
    if type(value) is not str or value not in PROVENANCE:
        found.leaves(path, value, provenance)


def content(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """A text, or blocks of which the texts are read together as well."""
    if type(value) is not list:
        return (
            found.leaves(path, value, provenance, role)
            if type(value) is str
            else block(found, path, value, provenance, role)
        )
    texts: list[tuple[Path, str]] = []
    for index, item in enumerate(value):
        block(found, (*path, index), item, provenance, role)
        if type(item) is dict and type(item.get("text")) is str:
            texts.append(((*path, index, "text"), item["text"]))
    return found.joined(path, texts, provenance, role)


def block(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """One content block."""
    kind = value.get("type") if type(value) is dict else None
    if type(kind) is str and (kind in _OF_THIRD_PARTIES or kind.endswith("_tool_result")):
        provenance = Provenance.TOOL
        role = "tool"
    labels = _REDACTED if kind == "redacted_thinking" else _BLOCK
    return found.members(path, value, labels, provenance, role)


def _source(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """Where a document comes from: bytes, a text, an address, or blocks."""
    plain = type(value) is dict and value.get("type") == "text"
    found.members(path, value, _PLAIN_SOURCE if plain else _SOURCE, provenance, role)


def _cache_control(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, {"type": Collector.word, "ttl": Collector.word}, provenance, role)


def _citations(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, citation, provenance, role)


def citation(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """A cited place: the cited text and the titles are texts of whoever is cited."""
    found.members(path, value, _CITATION, provenance, role)


def _thinking(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, {"type": Collector.word, "display": Collector.word}, provenance, role)


def _output_config(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, {"effort": Collector.word, "format": definition}, provenance, role)


_CITATION: Labels = {
    "type": Collector.word,
    "file_id": Collector.identifier,
    "encrypted_index": Collector.sealed,
}
_SOURCE: Labels = {
    "type": Collector.word,
    "media_type": Collector.mime,
    "data": Collector.media,
    "url": Collector.media,
    "file_id": Collector.identifier,
    "content": content,
}
_PLAIN_SOURCE: Labels = dict(_SOURCE) | {"data": Collector.leaves}
_BLOCK: Labels = {
    "type": Collector.word,
    "text": Collector.leaves,
    "thinking": Collector.leaves,
    "signature": Collector.sealed,
    "id": Collector.identifier,
    "name": Collector.name,
    "input": Collector.leaves,
    "tool_use_id": Collector.identifier,
    "content": content,
    "source": _source,
    "citations": _citations,
    "file_id": Collector.identifier,
    "cache_control": _cache_control,
    "encrypted_content": Collector.sealed,
    "encrypted_stdout": Collector.sealed,
    "error_code": Collector.word,
}
_REDACTED: Labels = dict(_BLOCK) | {"data": Collector.sealed}
_MESSAGE: Labels = {"role": _role, "content": content}
_REQUEST: Labels = {name.rstrip("!"): Collector.leaves for name in REQUEST} | {
    "model": Collector.model,
    "messages": _messages,
    "system": _system,
    "tools": definition,
    "tool_choice": choice,
    "thinking": _thinking,
    "output_config": _output_config,
    "cache_control": _cache_control,
    "service_tier": Collector.word,
    "speed": Collector.word,
    "inference_geo": Collector.word,
}
