"""Labelling what Gemini answers, and the usage it reports."""

from typing import Any

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.domain.text import Path, Provenance
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.collect import Collector, Labels, labelled
from llm_gateway.wire.counts import count
from llm_gateway.wire.format import ReadAnswer
from llm_gateway.wire.gemini.read import content
from llm_gateway.wire.spelling import both, spelled


def read_generated(body: Any) -> ReadAnswer:
    """Raises UpstreamFailed when the body is no answer: neither candidates nor feedback on the prompt."""
    if type(body) is not dict or not (
        type(body.get("candidates")) is list
        or spelled(body, "promptFeedback")
        or spelled(body, "usageMetadata")
    ):
        raise UpstreamFailed("The provider's answer holds no candidates.", code="upstream_invalid_answer")
    return _read(body, read_usage(spelled(body, "usageMetadata")))


def read_counted(body: Any) -> ReadAnswer:
    """The answer of countTokens. Raises UpstreamFailed when it holds no count."""
    if type(body) is not dict or type(spelled(body, "totalTokens")) is not int:
        raise UpstreamFailed("The provider's answer holds no token count.", code="upstream_invalid_answer")
    return _read(body, None)


def read_embedded(body: Any) -> ReadAnswer:
    """The answer of embedContent. Raises UpstreamFailed when it holds no embedding."""
    if type(body) is not dict or not (body.get("embedding") or body.get("embeddings")):
        raise UpstreamFailed("The provider's answer holds no embedding.", code="upstream_invalid_answer")
    return _read(body, read_usage(spelled(body, "usageMetadata")))


def _read(body: dict[str, Any], usage: Usage | None) -> ReadAnswer:
    model = spelled(body, "modelVersion")
    labels = labelled(body, _ANSWER, Provenance.MODEL, "model")
    return ReadAnswer(labels, usage, model if type(model) is str else "")


def _candidates(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, _candidate, provenance, role)


def _candidate(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, _CANDIDATE, provenance, role)


def _ratings(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, _rating, provenance, role)


def _rating(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    words = dict.fromkeys(("category", "probability", "severity"), Collector.word)
    found.members(path, value, words, provenance, role)


def _feedback(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, _FEEDBACK, provenance, role)


def _logprobs(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.repeated(path, logprobs_text(value), provenance, role)


def _counts(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, _USAGE, provenance, role)


def _modalities(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, _modality, provenance, role)


def _modality(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.members(path, value, {"modality": Collector.word}, provenance, role)


def logprobs_text(value: Any) -> str:
    """Log-probabilities repeat the answer token by token: the chosen tokens, then all other strings."""
    chosen: list[str] = []
    others: list[str] = []
    _walk_logprobs(value, others, chosen)
    return "\n".join(("".join(chosen), *others)).rstrip("\n")


def _walk_logprobs(value: Any, strings: list[str], chosen: list[str]) -> None:
    if type(value) is str:
        strings.append(value)
    elif type(value) is list:
        for item in value:
            _walk_logprobs(item, strings, chosen)
    elif type(value) is dict:
        for name, child in value.items():
            known = name in ("chosenCandidates", "chosen_candidates")
            if name not in _LOGPROBS:
                strings.append(name)
            _walk_logprobs(child, chosen if known else strings, chosen)


_LOGPROBS = both(
    dict.fromkeys(("chosenCandidates", "topCandidates", "candidates", "token", "tokenId", "logProbability"))
)


def read_usage(value: Any) -> Usage | None:
    """The `usageMetadata` object. Thoughts are counted apart from the candidates; here they are output."""
    if type(value) is not dict:
        return None
    thoughts = _count(value, "thoughtsTokenCount")
    return Usage(
        input=_count(value, "promptTokenCount") + _count(value, "toolUsePromptTokenCount"),
        output=_count(value, "candidatesTokenCount") + thoughts,
        cached=_count(value, "cachedContentTokenCount"),
        reasoning=thoughts,
    )


def _count(value: dict[str, Any], name: str) -> int:
    return count({name: spelled(value, name)}, name)


_USAGE: Labels = both(
    {
        "promptTokensDetails": _modalities,
        "cacheTokensDetails": _modalities,
        "candidatesTokensDetails": _modalities,
        "toolUsePromptTokensDetails": _modalities,
        "trafficType": Collector.word,
    }
)
_FEEDBACK: Labels = both({"blockReason": Collector.word, "safetyRatings": _ratings})
_CANDIDATE: Labels = both(
    {
        "content": content,
        "finishReason": Collector.word,
        "safetyRatings": _ratings,
        "logprobsResult": _logprobs,
    }
)
_ANSWER: Labels = both(
    {
        "candidates": _candidates,
        "promptFeedback": _feedback,
        "usageMetadata": _counts,
        "modelVersion": Collector.model,
        "responseId": Collector.identifier,
    }
)
