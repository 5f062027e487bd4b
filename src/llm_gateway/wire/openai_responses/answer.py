"""Labelling a response: what the model wrote, what it repeats of the request, and the usage."""

from typing import Any

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.domain.text import Path, Provenance
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.collect import Collector, Labelled, Labels
from llm_gateway.wire.counts import count
from llm_gateway.wire.format import ReadAnswer
from llm_gateway.wire.openai_responses.items import items
from llm_gateway.wire.openai_responses.read import SETTINGS


def read_answer(body: Any) -> ReadAnswer:
    """Raises UpstreamFailed when the body is not a response."""
    if type(body) is not dict or type(body.get("output")) is not list:
        raise UpstreamFailed("The provider's answer is not a response.", code="upstream_invalid_answer")
    model = body.get("model")
    labels = Labelled(lambda found: label_response(found, (), body))
    return ReadAnswer(labels, read_usage(body.get("usage")), model if type(model) is str else "")


def label_response(found: Collector, path: Path, body: Any) -> None:
    """A response object, as an answer or inside an event."""
    found.members(path, body, _ANSWER, Provenance.MODEL)


def read_usage(value: Any) -> Usage | None:
    """The `usage` object; None when the provider sent none or nonsense."""
    if type(value) is not dict:
        return None
    return Usage(
        input=count(value, "input_tokens"),
        output=count(value, "output_tokens"),
        cached=count(value.get("input_tokens_details"), "cached_tokens"),
        reasoning=count(value.get("output_tokens_details"), "reasoning_tokens"),
    )


def _output(found: Collector, path: Path, value: Any, provenance: Provenance, _role: str) -> None:
    items(found, path, value, provenance, "assistant")


def _repeated(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    """Free texts of the request that the answer repeats."""
    found.leaves(path, value, Provenance.USER, "user")


def _incomplete(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, {"reason": Collector.word}, provenance, role)


_ANSWER: Labels = {
    **SETTINGS,
    "id": Collector.identifier,
    "object": Collector.word,
    "status": Collector.word,
    "output": _output,
    "metadata": _repeated,
    "user": _repeated,
    "safety_identifier": _repeated,
    "prompt_cache_key": _repeated,
    "incomplete_details": _incomplete,
}
