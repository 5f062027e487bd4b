"""Labelling a chat completion: what the model wrote, and the usage the provider reports."""

from typing import Any

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.domain.text import Path, Provenance
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.collect import Collector, Labels, is_plain_key, labelled
from llm_gateway.wire.counts import count
from llm_gateway.wire.format import ReadAnswer
from llm_gateway.wire.openai_chat.read import read_message

_TOKEN_FIELDS = frozenset(("token", "logprob", "bytes"))


def read_answer(body: Any) -> ReadAnswer:
    """Raises UpstreamFailed when the body is not a chat completion."""
    if type(body) is not dict or type(body.get("choices")) is not list:
        raise UpstreamFailed(
            "The provider's answer is not a chat completion.", code="upstream_invalid_answer"
        )
    model = body.get("model")
    labels = labelled(body, _ANSWER, Provenance.MODEL)
    return ReadAnswer(labels, read_usage(body.get("usage")), model if type(model) is str else "")


def _choices(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, _choice, provenance, role)


def _choice(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, _CHOICE, provenance, role)


def _message(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    if type(value) is dict:
        read_message(found, path, {"role": "assistant", **value})
    else:
        found.leaves(path, value, provenance, role)


def _logprobs(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.repeated(path, logprobs_text(value), provenance, role)


def logprobs_text(value: Any) -> str:
    """Log-probabilities repeat the answer token by token. Here it is read as the text it repeats.

    The alternatives follow, one a line; so does any other string.
    """
    chosen: list[str] = []
    others: list[str] = []
    _walk_logprobs(value, chosen, others)
    return "\n".join(("".join(chosen), *others)).rstrip("\n")


def _walk_logprobs(value: Any, chosen: list[str], others: list[str]) -> None:
    if type(value) is str:
        chosen.append(value)
    elif type(value) is list:
        for item in value:
            _walk_logprobs(item, chosen, others)
    elif type(value) is dict:
        others += [name for name in value if not is_plain_key(name)]
        for name, child in value.items():
            if name == "top_logprobs":
                _walk_alternatives(child, others)
            else:
                _walk_logprobs(child, chosen if name in _CHOSEN else others, others)


_CHOSEN = frozenset(("content", "refusal", "token", "tokens"))


def _walk_alternatives(value: Any, others: list[str]) -> None:
    """Either objects with a token each, or objects whose keys are the tokens."""
    for item in value if type(value) is list else (value,):
        if type(item) is dict:
            others += [name for name in item if name not in _TOKEN_FIELDS]
        _walk_logprobs(item, others, others)


def read_usage(value: Any) -> Usage | None:
    """The `usage` object; None when the provider sent none or nonsense."""
    if type(value) is not dict:
        return None
    return Usage(
        input=count(value, "prompt_tokens"),
        output=count(value, "completion_tokens"),
        cached=count(value.get("prompt_tokens_details"), "cached_tokens"),
        reasoning=count(value.get("completion_tokens_details"), "reasoning_tokens"),
    )


_CHOICE: Labels = {
    "message": _message,
    "finish_reason": Collector.word,
    "native_finish_reason": Collector.word,
    "logprobs": _logprobs,
}
_ANSWER: Labels = {
    "id": Collector.identifier,
    "object": Collector.word,
    "model": Collector.model,
    "system_fingerprint": Collector.identifier,
    "service_tier": Collector.word,
    "provider": Collector.word,
    "choices": _choices,
}
