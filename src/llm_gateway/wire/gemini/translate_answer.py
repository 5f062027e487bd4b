"""Gemini's answers to and from the canonical answer."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.conversation import (
    Answer,
    Candidate,
    Extra,
    Part,
    Reasoning,
    Refusal,
    Stop,
    Text,
    ToolCall,
)
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.gemini.answer import read_usage
from llm_gateway.wire.gemini.normal import normal
from llm_gateway.wire.gemini.parse_request import WIRE, parse_parts
from llm_gateway.wire.gemini.write_request import write_parts
from llm_gateway.wire.writing import AnswerWriter, json_object, rest

_FILTERS = (
    "SAFETY",
    "RECITATION",
    "LANGUAGE",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT",
    "MODEL_ARMOR",
)
STOPS: Mapping[str, Stop] = {
    "STOP": Stop.END,
    "MAX_TOKENS": Stop.LENGTH,
    **dict.fromkeys(_FILTERS, Stop.FILTERED),
}
REASONS: Mapping[Stop, str] = {
    Stop.END: "STOP",
    Stop.LENGTH: "MAX_TOKENS",
    Stop.TOOL_CALLS: "STOP",
    Stop.STOP_SEQUENCE: "STOP",
    Stop.FILTERED: "SAFETY",
    Stop.UNKNOWN: "OTHER",
}


def parse_answer(body: Mapping[str, Any]) -> Answer:
    """The answer of a body that was read as Gemini's. A blocked prompt is a filtered candidate."""
    body = normal(body)
    candidates = [_parse_candidate(one, index) for index, one in enumerate(body.get("candidates") or ())]
    if not candidates and blocked(body):
        candidates = [Candidate((), Stop.FILTERED)]
    known = ("candidates", "modelVersion", "responseId")
    return Answer(
        WIRE,
        str(body.get("responseId") or ""),
        str(body.get("modelVersion") or ""),
        tuple(candidates),
        read_usage(body.get("usageMetadata")),
        extra=rest(body, (), *known),
    )


def blocked(body: Mapping[str, Any]) -> bool:
    """Whether the provider did not take the prompt."""
    feedback = body.get("promptFeedback")
    return type(feedback) is dict and bool(feedback.get("blockReason"))


def _parse_candidate(value: Any, index: int) -> Candidate:
    candidate = value if type(value) is dict else {}
    at = ("candidates", index)
    content = candidate.get("content")
    inner = content if type(content) is dict else {}
    parts = parse_parts(inner.get("parts"), (*at, "content"))
    said = candidate.get("finishReason")
    own = rest(candidate, at, "content", "finishReason")
    aside = {name: value for name, value in inner.items() if name != "parts"}
    kept = {"content": aside} if content is not None else {}
    return Candidate(parts, stop_of(said, parts), str(said or ""), extra=Extra(at, {**own.members, **kept}))


def stop_of(said: Any, parts: tuple[Part, ...]) -> Stop | None:
    """Gemini has no reason of its own for a call."""
    if said is None:
        return None
    stop = STOPS.get(str(said), Stop.UNKNOWN)
    called = any(isinstance(part, ToolCall) for part in parts)
    return Stop.TOOL_CALLS if called and stop is Stop.END else stop


def write_answer(answer: Answer, writer: AnswerWriter, created: int) -> dict[str, Any]:
    """The body of an answer."""
    candidates = [_write_candidate(one, index, writer) for index, one in enumerate(answer.candidates)]
    body = {"candidates": candidates, "modelVersion": answer.model, "responseId": answer.id}
    if writer.same:
        empty = not any(one.said or one.parts or one.extra.members for one in answer.candidates)
        kept = {name: value for name, value in body.items() if value and not (name == "candidates" and empty)}
        return kept | writer.own(answer.extra)
    writer.own(answer.extra)
    return body | {"usageMetadata": write_usage(answer.usage or Usage())}


def _write_candidate(candidate: Candidate, index: int, writer: AnswerWriter) -> dict[str, Any]:
    own = writer.own(candidate.extra)
    if writer.same:
        parts = write_parts(candidate.parts, writer)
        content = own.pop("content", None)
        said = {"finishReason": candidate.said} if candidate.said else {}
        inside = {} if content is None else {"content": {**({"parts": parts} if parts else {}), **content}}
        return {**inside, **said, **own}
    content = {"role": "model", "parts": _parts(writer.sayable(candidate.parts), writer)}
    return {"content": content, "finishReason": REASONS[candidate.stop or Stop.UNKNOWN], "index": index}


def _parts(parts: list[Part], writer: AnswerWriter) -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, Text | Refusal):
            writer.own(part.extra)
            written.append({"text": part.text})
        elif isinstance(part, Reasoning) and part.text:
            writer.own(part.extra)
            written.append({"text": part.text, "thought": True})
        elif isinstance(part, ToolCall):
            writer.own(part.extra)
            written.append({"functionCall": function_call(part.id, part.name, part.arguments)})
    return written


def function_call(call_id: str, name: str, arguments: str) -> dict[str, Any]:
    """A call; arguments that are no object (the model was cut short) become a member."""
    found = json_object(arguments)
    return {"id": call_id, "name": name, "args": {"arguments": arguments} if found is None else found}


def write_usage(usage: Usage) -> dict[str, Any]:
    """The `usageMetadata` object. Gemini counts thoughts apart."""
    return {
        "promptTokenCount": usage.input,
        "candidatesTokenCount": usage.output - usage.reasoning,
        "thoughtsTokenCount": usage.reasoning,
        "cachedContentTokenCount": usage.cached,
        "totalTokenCount": usage.input + usage.output,
    }
