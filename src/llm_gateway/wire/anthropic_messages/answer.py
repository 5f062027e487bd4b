"""Labelling a message: what the model wrote, and the usage the provider reports."""

from typing import Any

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.domain.text import Path, Provenance
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.anthropic_messages.read import content
from llm_gateway.wire.collect import Collector, Labels, labelled
from llm_gateway.wire.counts import count
from llm_gateway.wire.format import ReadAnswer


def read_answer(body: Any) -> ReadAnswer:
    """Raises UpstreamFailed when the body is not a message."""
    if type(body) is not dict or type(body.get("content")) is not list:
        raise UpstreamFailed("The provider's answer is not a message.", code="upstream_invalid_answer")
    model = body.get("model")
    labels = labelled(body, _ANSWER, Provenance.MODEL, "assistant")
    return ReadAnswer(labels, read_usage(body.get("usage")), model if type(model) is str else "")


def read_count_answer(body: Any) -> ReadAnswer:
    """The answer to a request to count tokens. Raises UpstreamFailed when it holds no count."""
    if type(body) is not dict or type(body.get("input_tokens")) is not int:
        raise UpstreamFailed("The provider's answer holds no token count.", code="upstream_invalid_answer")
    return ReadAnswer(labelled(body, {}, Provenance.MODEL), None)


def read_usage(value: Any) -> Usage | None:
    """The `usage` object. Anthropic counts cached input apart; here it is a part of the input."""
    if type(value) is not dict:
        return None
    cached = count(value, "cache_read_input_tokens")
    return Usage(
        input=count(value, "input_tokens") + count(value, "cache_creation_input_tokens") + cached,
        output=count(value, "output_tokens"),
        cached=cached,
        reasoning=count(value.get("output_tokens_details"), "thinking_tokens"),
    )


def _usage(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    words = {"service_tier": Collector.word, "speed": Collector.word, "inference_geo": Collector.word}
    found.members(path, value, words, provenance, role)


_ANSWER: Labels = {
    "id": Collector.identifier,
    "type": Collector.word,
    "role": Collector.word,
    "model": Collector.model,
    "content": content,
    "stop_reason": Collector.word,
    "usage": _usage,
}
