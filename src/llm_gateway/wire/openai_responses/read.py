"""Labelling a responses request: every string leaf, its role and provenance.

A conversation that the provider keeps (`previous_response_id`, `conversation`) passes by its id: what
it holds was inspected when it was said.
"""

from typing import Any

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path, Provenance
from llm_gateway.wire.collect import Collector, Labels, labelled
from llm_gateway.wire.definition import choice, definition
from llm_gateway.wire.format import ReadRequest
from llm_gateway.wire.openai_responses.items import items
from llm_gateway.wire.openai_responses.shapes import REQUEST
from llm_gateway.wire.shape import checker

_check = checker(REQUEST)


def read_request(body: Any) -> ReadRequest:
    """Raises BadRequest naming the first field of the wrong type."""
    _check(body)
    if not body["model"]:
        raise BadRequest("model is empty; name a model.", code="missing_model", param="model")
    return ReadRequest(body["model"], bool(body.get("stream")), labelled(body, _REQUEST))


def _input(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    if type(value) is str:
        found.text(path, value, Provenance.USER, "user")
    else:
        items(found, path, value, Provenance.USER, "")


def _instructions(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    """The operator's word. Answers repeat it, as a text or as items."""
    if type(value) is list:
        items(found, path, value, Provenance.OPERATOR, "system")
    else:
        found.leaves(path, value, Provenance.OPERATOR, "system")


def _conversation(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    if type(value) is dict:
        found.members(path, value, {"id": Collector.identifier}, provenance, role)
    else:
        found.identifier(path, value, provenance, role)


def _text(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, {"format": definition, "verbosity": Collector.word}, provenance, role)


def _reasoning(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    words = dict.fromkeys(("effort", "summary", "generate_summary"), Collector.word)
    found.members(path, value, words, provenance, role)


def _prompt(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """A prompt that the provider keeps: its variables are the user's texts."""
    ids: Labels = {"id": Collector.identifier, "version": Collector.word}
    found.members(path, value, ids, Provenance.USER, "user")


def _include(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, Collector.word, provenance, role)


# What a request says and an answer repeats. `metadata` and the like are texts without a label.
SETTINGS: Labels = {
    "model": Collector.model,
    "instructions": _instructions,
    "tools": definition,
    "tool_choice": choice,
    "text": _text,
    "reasoning": _reasoning,
    "previous_response_id": Collector.identifier,
    "conversation": _conversation,
    "prompt": _prompt,
    "truncation": Collector.word,
    "service_tier": Collector.word,
    "prompt_cache_retention": Collector.word,
}
_REQUEST: Labels = (
    {name.rstrip("!"): Collector.leaves for name in REQUEST}
    | dict(SETTINGS)
    | {
        "input": _input,
        "include": _include,
    }
)
