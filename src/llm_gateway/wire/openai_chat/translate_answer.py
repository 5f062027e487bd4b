"""Chat completions to and from the canonical answer."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.conversation import Answer, Candidate, Part, Reasoning, Refusal, Stop, Text, ToolCall
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.openai_chat.answer import read_usage
from llm_gateway.wire.openai_chat.parse_request import WIRE, parse_said
from llm_gateway.wire.openai_chat.write_request import write_call, write_said
from llm_gateway.wire.writing import AnswerWriter, rest

STOPS: Mapping[str, Stop] = {
    "stop": Stop.END,
    "length": Stop.LENGTH,
    "tool_calls": Stop.TOOL_CALLS,
    "function_call": Stop.TOOL_CALLS,
    "content_filter": Stop.FILTERED,
}
FINISH: Mapping[Stop, str] = {
    Stop.END: "stop",
    Stop.LENGTH: "length",
    Stop.TOOL_CALLS: "tool_calls",
    Stop.STOP_SEQUENCE: "stop",
    Stop.FILTERED: "content_filter",
    Stop.UNKNOWN: "stop",
}


def parse_answer(body: Mapping[str, Any]) -> Answer:
    """The answer of a body that was read as a chat completion."""
    candidates = [_parse_choice(choice, index) for index, choice in enumerate(body["choices"])]
    return Answer(
        WIRE,
        str(body.get("id") or ""),
        str(body.get("model") or ""),
        tuple(candidates),
        read_usage(body.get("usage")),
        body["created"] if type(body.get("created")) is int else 0,
        rest(body, (), "id", "model", "choices", "created", "object"),
    )


def _parse_choice(choice: Any, index: int) -> Candidate:
    value = choice if type(choice) is dict else {}
    message = value.get("message") if type(value.get("message")) is dict else {}
    at = ("choices", index)
    parts, extra = parse_said(message or {}, (*at, "message"))
    said = value.get("finish_reason")
    others = rest(value, at, "message", "finish_reason", "index")
    kept = {"message": extra.members} if extra.members else {}
    return Candidate(
        parts,
        STOPS.get(str(said), Stop.UNKNOWN) if said is not None else None,
        str(said or ""),
        extra=type(others)(at, {**others.members, **kept}),
    )


def write_answer(answer: Answer, writer: AnswerWriter, created: int) -> dict[str, Any]:
    """A chat completion. `created` is used when the provider's format has no such time."""
    return {
        "id": answer.id,
        "object": "chat.completion",
        "created": answer.created or created,
        "model": answer.model,
        "choices": [_write_choice(one, index, writer) for index, one in enumerate(answer.candidates)],
        "usage": write_usage(answer.usage or Usage()),
        **writer.own(answer.extra),
    }


def _write_choice(candidate: Candidate, index: int, writer: AnswerWriter) -> dict[str, Any]:
    own = writer.own(candidate.extra)
    if writer.same:
        message = write_said(candidate.parts, writer) | own.pop("message", {})
    else:
        message = _message(writer.sayable(candidate.parts), writer)
    finish = candidate.said if writer.same else FINISH[candidate.stop or Stop.UNKNOWN]
    return {"index": index, "message": message, "logprobs": None, "finish_reason": finish or None, **own}


def _message(parts: list[Part], writer: AnswerWriter) -> dict[str, Any]:
    texts, refusals, thoughts = (
        [part.text for part in parts if isinstance(part, kind)] for kind in (Text, Refusal, Reasoning)
    )
    for part in parts:
        if isinstance(part, Text | Refusal | Reasoning):
            writer.own(part.extra)
    calls = [write_call(part, writer) for part in parts if isinstance(part, ToolCall)]
    message: dict[str, Any] = {
        "role": "assistant",
        "content": "".join(texts) if texts else None,
        "refusal": "".join(refusals) if refusals else None,
    }
    if any(thoughts):
        message["reasoning_content"] = "".join(thoughts)
    return message | ({"tool_calls": calls} if calls else {})


def write_usage(usage: Usage) -> dict[str, Any]:
    """The `usage` object."""
    return {
        "prompt_tokens": usage.input,
        "completion_tokens": usage.output,
        "total_tokens": usage.input + usage.output,
        "prompt_tokens_details": {"cached_tokens": usage.cached},
        "completion_tokens_details": {"reasoning_tokens": usage.reasoning},
    }
