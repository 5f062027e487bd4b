"""Messages to and from the canonical answer."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.conversation import Answer, Candidate, Part, Reasoning, Refusal, Stop, Text, ToolCall
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.anthropic_messages.answer import read_usage
from llm_gateway.wire.anthropic_messages.parse_request import WIRE, parse_blocks
from llm_gateway.wire.anthropic_messages.write_request import write_part
from llm_gateway.wire.writing import AnswerWriter, json_object, rest

STOPS: Mapping[str, Stop] = {
    "end_turn": Stop.END,
    "max_tokens": Stop.LENGTH,
    "model_context_window_exceeded": Stop.LENGTH,
    "tool_use": Stop.TOOL_CALLS,
    "stop_sequence": Stop.STOP_SEQUENCE,
    "refusal": Stop.FILTERED,
}
REASONS: Mapping[Stop, str] = {
    Stop.END: "end_turn",
    Stop.LENGTH: "max_tokens",
    Stop.TOOL_CALLS: "tool_use",
    Stop.STOP_SEQUENCE: "stop_sequence",
    Stop.FILTERED: "refusal",
    Stop.UNKNOWN: "end_turn",
}


def parse_answer(body: Mapping[str, Any]) -> Answer:
    """The answer of a body that was read as a message."""
    said = body.get("stop_reason")
    candidate = Candidate(
        parse_blocks(body["content"], ("content",)),
        STOPS.get(str(said), Stop.UNKNOWN) if said is not None else None,
        str(said or ""),
        body.get("stop_sequence"),
    )
    known = ("id", "type", "role", "model", "content", "stop_reason", "stop_sequence")
    return Answer(
        WIRE,
        str(body.get("id") or ""),
        str(body.get("model") or ""),
        (candidate,),
        read_usage(body.get("usage")),
        extra=rest(body, (), *known),
    )


def write_answer(answer: Answer, writer: AnswerWriter, created: int) -> dict[str, Any]:
    """A message; of several candidates the first."""
    candidate = answer.candidates[0] if answer.candidates else Candidate((), None)
    reason = candidate.said if writer.same else REASONS[candidate.stop or Stop.UNKNOWN]
    writer.own(candidate.extra)
    for index in range(1, len(answer.candidates)):
        writer.drop(("candidates", index))
    return {
        "id": answer.id,
        "type": "message",
        "role": "assistant",
        "model": answer.model,
        "content": [_write_part(part, writer) for part in writer.sayable(candidate.parts)],
        "stop_reason": reason or None,
        "stop_sequence": candidate.stop_sequence,
        "usage": write_usage(answer.usage or Usage()),
        **writer.own(answer.extra),
    }


def _write_part(part: Part, writer: AnswerWriter) -> dict[str, Any]:
    if writer.same:
        return write_part(part, writer) or {}
    if isinstance(part, Reasoning):
        writer.own(part.extra)
        return {"type": "thinking", "thinking": part.text, "signature": ""}
    if isinstance(part, ToolCall):
        writer.own(part.extra)
        return {"type": "tool_use", "id": part.id, "name": part.name, "input": arguments_of(part.arguments)}
    text = part.text if isinstance(part, Text | Refusal) else ""
    return {"type": "text", "text": text}


def arguments_of(text: str) -> dict[str, Any]:
    """A call's arguments as an object; a text that is none (the model was cut short) becomes a member."""
    found = json_object(text)
    return {"arguments": text} if found is None else found


def write_usage(usage: Usage) -> dict[str, Any]:
    """The `usage` object. Anthropic counts cached input apart."""
    counts: dict[str, Any] = {
        "input_tokens": usage.input - usage.cached,
        "cache_read_input_tokens": usage.cached,
        "output_tokens": usage.output,
    }
    if usage.reasoning:
        counts["output_tokens_details"] = {"thinking_tokens": usage.reasoning}
    return counts
