"""Responses to and from the canonical answer."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.conversation import (
    Answer,
    Candidate,
    Extra,
    Foreign,
    Part,
    Reasoning,
    Refusal,
    Stop,
    Text,
    ToolCall,
)
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.openai_responses.answer import read_usage
from llm_gateway.wire.openai_responses.parse_request import WIRE, parse_item
from llm_gateway.wire.openai_responses.write_request import write_call, write_item
from llm_gateway.wire.writing import AnswerWriter, rest

INCOMPLETE: Mapping[Stop, str] = {Stop.LENGTH: "max_output_tokens", Stop.FILTERED: "content_filter"}


def parse_answer(body: Mapping[str, Any]) -> Answer:
    """The answer of a body that was read as a response."""
    turns = [parse_item(item, ("output", index)) for index, item in enumerate(body["output"])]
    parts = tuple(part for turn in turns for part in turn.parts)
    items = dict(enumerate(turns))
    known = ("id", "object", "model", "output", "status", "created_at", "incomplete_details")
    return Answer(
        WIRE,
        str(body.get("id") or ""),
        str(body.get("model") or ""),
        (
            Candidate(
                parts, stop_of(body, parts), str(body.get("status") or ""), extra=Extra((), {"items": items})
            ),
        ),
        read_usage(body.get("usage")),
        body["created_at"] if type(body.get("created_at")) is int else 0,
        rest(body, (), *known),
    )


def stop_of(body: Mapping[str, Any], parts: tuple[Part, ...]) -> Stop:
    """Why a response ended: its status, the reason for an incomplete one, or that it calls tools."""
    details = body.get("incomplete_details")
    reason = details.get("reason") if type(details) is dict else None
    if body.get("status") == "incomplete":
        return Stop.FILTERED if reason == "content_filter" else Stop.LENGTH
    if any(isinstance(part, ToolCall) for part in parts):
        return Stop.TOOL_CALLS
    return Stop.END


def write_answer(answer: Answer, writer: AnswerWriter, created: int) -> dict[str, Any]:
    """A response; of several candidates the first."""
    candidate = answer.candidates[0] if answer.candidates else Candidate((), None)
    for index in range(1, len(answer.candidates)):
        writer.drop(("candidates", index))
    if writer.same:
        turns = candidate.extra.members["items"].values()
        output = [item for turn in turns for item in write_item(turn, writer)]
    else:
        writer.own(candidate.extra)
        output = write_output(writer.sayable(candidate.parts), answer.id, writer)
    body = response(answer.id, answer.model, answer.created or created)
    body |= ending(candidate.stop or Stop.UNKNOWN) | {"output": output}
    body["usage"] = write_usage(answer.usage or Usage())
    return body | writer.own(answer.extra)


def response(response_id: str, model: str, created: int) -> dict[str, Any]:
    """A response that says nothing yet."""
    return {
        "id": response_id,
        "object": "response",
        "created_at": created,
        "status": "in_progress",
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "model": model,
        "output": [],
        "parallel_tool_calls": True,
        "temperature": None,
        "tool_choice": "auto",
        "tools": [],
        "top_p": None,
        "usage": None,
    }


def ending(stop: Stop) -> dict[str, Any]:
    """Status and details."""
    reason = INCOMPLETE.get(stop)
    if reason is None:
        return {"status": "completed"}
    return {"status": "incomplete", "incomplete_details": {"reason": reason}}


def write_output(parts: list[Part], answer_id: str, writer: AnswerWriter) -> list[dict[str, Any]]:
    """Thoughts, one message, calls."""
    output: list[dict[str, Any]] = []
    thoughts = "".join(part.text for part in parts if isinstance(part, Reasoning))
    if thoughts:
        output.append(reasoning_item(f"rs_{answer_id}", thoughts))
    content = []
    for part in parts:
        if isinstance(part, Text | Refusal):
            writer.own(part.extra)
            content.append(text_part(part.text) if isinstance(part, Text) else refusal_part(part.text))
    if content:
        output.append(message_item(f"msg_{answer_id}", content))
    for number, part in enumerate(parts):
        if isinstance(part, ToolCall):
            extra = {"id": f"fc_{number}_{answer_id}", "status": "completed"}
            output.append(extra | write_call(part, writer))
        elif isinstance(part, Foreign):
            output.append(part.value)
    return output


def text_part(text: str) -> dict[str, Any]:
    return {"type": "output_text", "text": text, "annotations": []}


def refusal_part(text: str) -> dict[str, Any]:
    return {"type": "refusal", "refusal": text}


def message_item(item_id: str, content: list[dict[str, Any]], status: str = "completed") -> dict[str, Any]:
    return {"id": item_id, "type": "message", "role": "assistant", "status": status, "content": content}


def reasoning_item(item_id: str, text: str) -> dict[str, Any]:
    summary = [{"type": "summary_text", "text": text}] if text else []
    return {"id": item_id, "type": "reasoning", "summary": summary}


def call_item(item_id: str, call_id: str, name: str, arguments: str, status: str) -> dict[str, Any]:
    return {
        "id": item_id,
        "type": "function_call",
        "call_id": call_id,
        "name": name,
        "arguments": arguments,
        "status": status,
    }


def write_usage(usage: Usage) -> dict[str, Any]:
    """The `usage` object."""
    return {
        "input_tokens": usage.input,
        "input_tokens_details": {"cached_tokens": usage.cached},
        "output_tokens": usage.output,
        "output_tokens_details": {"reasoning_tokens": usage.reasoning},
        "total_tokens": usage.input + usage.output,
    }
