"""Labelling a chat completion: what the model wrote, and the usage the provider reports."""

from typing import Any

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.domain.text import Path, Provenance
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.collect import Collector
from llm_gateway.wire.format import ReadAnswer
from llm_gateway.wire.openai_chat.read import read_message

_ANSWER = frozenset(
    ("id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier")
)
_CHOICE = frozenset(("index", "message", "finish_reason", "logprobs"))


def read_answer(body: Any) -> ReadAnswer:
    """Raises UpstreamFailed when the body is not a chat completion."""
    if type(body) is not dict or type(body.get("choices")) is not list:
        raise UpstreamFailed(
            "The provider's answer is not a chat completion.", code="upstream_invalid_answer"
        )
    found = Collector()
    for index, choice in enumerate(body["choices"]):
        _read_choice(found, ("choices", index), choice)
    for name in ("id", "object", "system_fingerprint", "service_tier"):
        if body.get(name) is not None:
            found.identifier((name,), body[name], Provenance.MODEL)
    if body.get("model") is not None:
        found.model(("model",), body["model"])
    found.rest((), body, _ANSWER, Provenance.MODEL)
    model = body.get("model")
    return ReadAnswer(
        found.segments, found.skipped, read_usage(body.get("usage")), model if type(model) is str else ""
    )


def _read_choice(found: Collector, path: Path, choice: Any) -> None:
    if type(choice) is not dict:
        return found.leaves(path, choice, Provenance.MODEL)
    if choice.get("finish_reason") is not None:
        found.word((*path, "finish_reason"), choice["finish_reason"], Provenance.MODEL)
    if type(choice.get("message")) is dict:
        read_message(found, (*path, "message"), {"role": "assistant", **choice["message"]})
    elif "message" in choice:
        found.leaves((*path, "message"), choice["message"], Provenance.MODEL)
    if choice.get("logprobs") is not None:
        found.repeated((*path, "logprobs"), logprobs_text(choice["logprobs"]), Provenance.MODEL)
    return found.rest(path, choice, _CHOICE, Provenance.MODEL)


def logprobs_text(value: Any) -> str:
    """Log-probabilities repeat the answer token by token. Here it is read as the text it repeats.

    The alternatives follow, one a line.
    """
    if type(value) is not dict:
        return "" if value is None else str(value)
    chosen: list[str] = []
    others: list[str] = []
    for part in value.values():
        for item in part if type(part) is list else ():
            if type(item) is dict:
                chosen.append(str(item.get("token", "")))
                others += [
                    str(top.get("token", "")) for top in _list(item.get("top_logprobs")) if type(top) is dict
                ]
    return "\n".join(("".join(chosen), *others)).rstrip("\n")


def _list(value: Any) -> list[Any]:
    return value if type(value) is list else []


def read_usage(value: Any) -> Usage | None:
    """The `usage` object; None when the provider sent none or nonsense."""
    if type(value) is not dict:
        return None
    return Usage(
        input=_count(value, "prompt_tokens"),
        output=_count(value, "completion_tokens"),
        cached=_count(value.get("prompt_tokens_details"), "cached_tokens"),
        reasoning=_count(value.get("completion_tokens_details"), "reasoning_tokens"),
    )


def _count(value: Any, name: str) -> int:
    number = value.get(name) if type(value) is dict else None
    return number if type(number) is int and number >= 0 else 0
