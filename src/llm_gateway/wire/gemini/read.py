"""Labelling Gemini's requests: every string leaf, its role and provenance."""

from collections.abc import Callable, Mapping
from typing import Any

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path, Provenance
from llm_gateway.wire.collect import Collector, Label, Labels, labelled
from llm_gateway.wire.definition import definition
from llm_gateway.wire.format import ReadRequest
from llm_gateway.wire.gemini.shapes import COUNT, EMBED_ALL, GENERATE
from llm_gateway.wire.shape import checker
from llm_gateway.wire.spelling import both, spelled

PROVENANCE: Mapping[str, Provenance] = {
    "user": Provenance.USER,
    "model": Provenance.MODEL,
    "function": Provenance.TOOL,
    "tool": Provenance.TOOL,
    "system": Provenance.OPERATOR,
}

_check_generate = checker(GENERATE)
_check_count = checker(COUNT)
_check_embed = checker(EMBED_ALL)


def read_generate(body: Any) -> ReadRequest:
    """generateContent and streamGenerateContent. Raises BadRequest naming the first wrong field."""
    _check_generate(body)
    _need(body, "contents")
    return _read(body, _GENERATE)


def read_count(body: Any) -> ReadRequest:
    """countTokens: contents, or a whole request. Raises BadRequest naming the first wrong field."""
    _check_count(body)
    if not spelled(body, "generateContentRequest"):
        _need(body, "contents")
    return _read(body, _COUNT)


def read_embed(body: Any) -> ReadRequest:
    """embedContent and batchEmbedContents. Raises BadRequest naming the first wrong field."""
    _check_embed(body)
    if not body.get("requests"):
        _need(body, "content")
    return _read(body, _EMBED)


def _read(body: Any, labels: Labels) -> ReadRequest:
    return ReadRequest("", False, labelled(body, labels))


def _need(body: Any, name: str) -> None:
    if not body.get(name):
        raise BadRequest(f"{name} is empty; send some.", code="missing_required_parameter", param=name)


def contents(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """The turns of a conversation, or one."""
    found.each(path, value, content, provenance, role)


def content(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """One turn. Without a role it is that of whoever is asked for: the caller says."""
    said = value.get("role") if type(value) is dict else None
    if type(said) is str:
        role, provenance = said, PROVENANCE.get(said, Provenance.USER)
    found.members(path, value, _CONTENT, provenance, role)


def _role(found: Collector, path: Path, value: Any, provenance: Provenance, _role: str) -> None:
    if type(value) is not str or value not in PROVENANCE:
        found.leaves(path, value, provenance)


def _user_contents(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    contents(found, path, value, Provenance.USER, "user")


def _user_content(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    content(found, path, value, Provenance.USER, "user")


def _system(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    """The operator's word, whatever role it claims."""
    if type(value) is dict:
        found.members(path, value, _CONTENT, Provenance.OPERATOR, "system")
    else:
        found.leaves(path, value, Provenance.OPERATOR, "system")


def _parts(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, part, provenance, role)
    texts: list[tuple[Path, str]] = [
        ((*path, index, "text"), item["text"])
        for index, item in enumerate(value if type(value) is list else ())
        if type(item) is dict and type(item.get("text")) is str
    ]
    found.joined(path, texts, provenance, role)


def part(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """One part of a turn."""
    found.members(path, value, _PART, provenance, role)


def _object(labels: Labels, provenance: Provenance | None = None) -> Label:
    """An object with labelled members, whose texts may be somebody else's than the turn's."""

    def label(found: Collector, path: Path, value: Any, turn: Provenance, role: str) -> None:
        found.members(path, value, labels, provenance or turn, role)

    return label


def _all(labels: Labels) -> Label:
    """An array of objects with labelled members, or one of them."""
    one = _object(labels)

    def label(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
        found.each(path, value, one, provenance, role)

    return label


def _requests(labels: Callable[[], Labels]) -> Label:
    """Requests inside a request."""

    def label(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
        found.each(path, value, _object(labels()), provenance, role)

    return label


_BLOB: Labels = both({"mimeType": Collector.mime, "data": Collector.media})
_FILE: Labels = both({"mimeType": Collector.mime, "fileUri": Collector.leaves})
_RESPONSE: Labels = {"id": Collector.identifier, "name": Collector.name, "parts": _parts}
_PART: Labels = both(
    {
        "text": Collector.leaves,
        "thoughtSignature": Collector.sealed,
        "inlineData": _object(_BLOB),
        "fileData": _object(_FILE),
        "functionCall": _object({"id": Collector.identifier, "name": Collector.name}),
        "functionResponse": _object(_RESPONSE, Provenance.TOOL),
        "executableCode": _object({"language": Collector.word, "id": Collector.identifier}),
        "codeExecutionResult": _object(
            {"outcome": Collector.word, "id": Collector.identifier}, Provenance.TOOL
        ),
        "toolResponse": _object({"id": Collector.identifier}, Provenance.TOOL),
    }
)
_CONTENT: Labels = {"role": _role, "parts": _parts}
_CONFIG: Labels = both(
    {
        "responseMimeType": Collector.mime,
        "responseSchema": definition,
        "responseJsonSchema": definition,
        "mediaResolution": Collector.word,
    }
)
_GENERATE: Labels = both(
    {
        "model": Collector.model,
        "contents": _user_contents,
        "systemInstruction": _system,
        "tools": definition,
        "toolConfig": definition,
        "safetySettings": _all({"category": Collector.word, "threshold": Collector.word}),
        "generationConfig": _object(_CONFIG),
        "cachedContent": Collector.model,
    }
)
_COUNT: Labels = both({"contents": _user_contents, "generateContentRequest": _object(_GENERATE)})
_EMBED: Labels = both(
    {
        "model": Collector.model,
        "content": _user_content,
        "taskType": Collector.word,
        "requests": _requests(lambda: _EMBED),
    }
)
