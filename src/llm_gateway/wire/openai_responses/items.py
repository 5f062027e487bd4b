"""The items that a request gives and an answer returns: messages, calls, results, reasoning."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.text import Path, Provenance
from llm_gateway.wire.collect import Collector, Labels
from llm_gateway.wire.definition import definition

PROVENANCE: Mapping[str, Provenance] = {
    "system": Provenance.OPERATOR,
    "developer": Provenance.OPERATOR,
    "user": Provenance.USER,
    "assistant": Provenance.MODEL,
    "tool": Provenance.TOOL,
}


def items(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """An array of items."""
    found.each(path, value, item, provenance, role)


def item(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """One item. `provenance` is that of an item which says neither a role nor a known type."""
    if type(value) is dict:
        provenance, role = _origin(value, provenance, role)
    found.members(path, value, _ITEM, provenance, role)


def _origin(value: dict[str, Any], provenance: Provenance, role: str) -> tuple[Provenance, str]:
    """Results are a tool's, calls and reasoning the model's, messages their role's."""
    kind, said = value.get("type"), value.get("role")
    if type(said) is str and kind in (None, "message"):
        return PROVENANCE.get(said, Provenance.USER), said
    if type(kind) is not str:
        return provenance, role
    if kind.endswith("_output"):
        return Provenance.TOOL, "tool"
    if kind.endswith("_call") or kind in ("reasoning", "mcp_approval_request"):
        return Provenance.MODEL, "assistant"
    return provenance, role


def _role(found: Collector, path: Path, value: Any, provenance: Provenance, _role: str) -> None:
    """A known role becomes the role of the segments; any other is a text."""
    if type(value) is not str or value not in PROVENANCE:
        found.leaves(path, value, provenance)


def content(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """A text, or parts of which the texts are read together as well."""
    if type(value) is not list:
        return found.leaves(path, value, provenance, role)
    texts: list[tuple[Path, str]] = []
    for index, part in enumerate(value):
        found.members((*path, index), part, _PART, provenance, role)
        if type(part) is dict and type(part.get("text")) is str:
            texts.append(((*path, index, "text"), part["text"]))
    return found.joined(path, texts, provenance, role)


def _output(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    """What a tool returned, also where it stands in the item of the call."""
    if type(value) is dict:
        found.members(path, value, _PART, Provenance.TOOL, "tool")
    else:
        content(found, path, value, Provenance.TOOL, "tool")


def _results(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    found.each(path, value, _result, Provenance.TOOL, "tool")


def _result(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, _RESULT, provenance, role)


def _annotations(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, _result, provenance, role)


def _logprobs(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.repeated(path, logprobs_text(value), provenance, role)


def logprobs_text(value: Any) -> str:
    """Log-probabilities repeat the answer token by token: the chosen tokens, then all other strings."""
    chosen: list[str] = []
    others: list[str] = []
    _walk_logprobs(value, chosen, others)
    return "\n".join(("".join(chosen), *others)).rstrip("\n")


def _walk_logprobs(value: Any, chosen: list[str], others: list[str]) -> None:
    if type(value) is str:
        chosen.append(value)
    elif type(value) is list:
        for one in value:
            _walk_logprobs(one, chosen, others)
    elif type(value) is dict:
        for name, child in value.items():
            if name not in _LOGPROBS:
                others.append(name)
            _walk_logprobs(child, chosen if name == "token" else others, others)


_LOGPROBS = frozenset(("token", "logprob", "bytes", "top_logprobs"))
_RESULT: Labels = {
    "type": Collector.word,
    "file_id": Collector.identifier,
    "container_id": Collector.identifier,
    "vector_store_id": Collector.identifier,
}
_PART: Labels = {
    "type": Collector.word,
    "text": Collector.leaves,
    "refusal": Collector.leaves,
    "image_url": Collector.media,
    "file_data": Collector.media,
    "file_url": Collector.leaves,
    "file_id": Collector.identifier,
    "detail": Collector.word,
    "annotations": _annotations,
    "logprobs": _logprobs,
}
_ITEM: Labels = {
    "type": Collector.word,
    "role": _role,
    "content": content,
    "id": Collector.identifier,
    "call_id": Collector.identifier,
    "approval_request_id": Collector.identifier,
    "container_id": Collector.identifier,
    "status": Collector.word,
    "phase": Collector.word,
    "name": Collector.name,
    "server_label": Collector.name,
    "arguments": Collector.leaves,
    "summary": content,
    "encrypted_content": Collector.sealed,
    "output": _output,
    "outputs": _results,
    "results": _results,
    "result": Collector.media,
    "tools": definition,
}
