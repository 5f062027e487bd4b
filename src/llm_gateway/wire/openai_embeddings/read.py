"""Labelling an embeddings request and its answer.

Input may be token numbers, which nobody but the provider can read: an opaque segment.
"""

from typing import Any

from llm_gateway.domain.errors import BadRequest, UpstreamFailed
from llm_gateway.domain.text import Path, Provenance, Segment, SegmentKind
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.collect import Collector, Labels, labelled
from llm_gateway.wire.counts import count
from llm_gateway.wire.format import ReadAnswer, ReadRequest
from llm_gateway.wire.shape import Shape, checker

REQUEST: Shape = {
    "model!": str,
    "input!": (str, list),
    "encoding_format": str,
    "dimensions": int,
    "user": str,
}

_check = checker(REQUEST)


def read_request(body: Any) -> ReadRequest:
    """Raises BadRequest naming the first field of the wrong type."""
    _check(body)
    if not body["model"]:
        raise BadRequest("model is empty; name a model.", code="missing_model", param="model")
    return ReadRequest(body["model"], False, labelled(body, _REQUEST))


def read_answer(body: Any) -> ReadAnswer:
    """Raises UpstreamFailed when the body holds no embeddings."""
    if type(body) is not dict or type(body.get("data")) is not list:
        raise UpstreamFailed("The provider's answer holds no embeddings.", code="upstream_invalid_answer")
    model = body.get("model")
    usage = body.get("usage")
    return ReadAnswer(
        labelled(body, _ANSWER, Provenance.MODEL),
        Usage(input=count(usage, "prompt_tokens")) if type(usage) is dict else None,
        model if type(model) is str else "",
    )


def _input(found: Collector, path: Path, value: Any, provenance: Provenance, _role: str) -> None:
    """One text, many, one list of tokens, or many."""
    if type(value) is list and any(type(item) is int or type(item) is list for item in value):
        found.segments.append(Segment(path, "", provenance, "user", SegmentKind.OPAQUE))
    found.leaves(path, value, provenance, "user")


def _data(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    found.each(path, value, _embedding, provenance, role)


def _embedding(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    labels: Labels = {"object": Collector.word, "embedding": Collector.sealed}
    found.members(path, value, labels, provenance, role)


_REQUEST: Labels = {
    "model": Collector.model,
    "input": _input,
    "encoding_format": Collector.word,
    "user": Collector.leaves,
}
_ANSWER: Labels = {"object": Collector.word, "model": Collector.model, "data": _data}
