"""Errors inside a stream, and refusals, as clients of the responses API expect them."""

from typing import Any

import orjson

from llm_gateway.domain.errors import GatewayError
from llm_gateway.wire.openai_errors import envelope


def stream_error(problem: GatewayError, request_id: str) -> bytes:
    """The event that ends a running stream.

    It is the documented `error` event; the SDKs raise because it has a member `error` as well.
    """
    body = envelope(problem, request_id)
    about = {name: body["error"][name] for name in ("code", "message", "param")}
    return _event({"type": "error", "sequence_number": 0, **about, **body})


def refusal(message: str, request_id: str, model: str, created: int) -> dict[str, Any]:
    """A complete response that says no: incomplete, because of the content filter."""
    return _response(request_id, model, created) | {
        "status": "incomplete",
        "incomplete_details": {"reason": "content_filter"},
        "output": [_message(request_id, [_part(message)], "incomplete")],
        "usage": {
            "input_tokens": 0,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": 0,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 0,
        },
    }


def stream_refusal(message: str, request_id: str, model: str, created: int, *, started: bool) -> bytes:
    """The events that say no; `started` when part of an answer has gone out before.

    Which items are open is not known then, so only the ending follows, with the refusal in it.
    """
    whole = refusal(message, request_id, model, created)
    end: dict[str, Any] = {"type": "response.incomplete", "response": whole}
    if started:
        return _event(end | {"sequence_number": 0})
    place = {"item_id": f"msg_{request_id}", "output_index": 0, "content_index": 0}
    item = {"output_index": 0}
    events: list[dict[str, Any]] = [
        {"type": "response.created", "response": _response(request_id, model, created)},
        {"type": "response.output_item.added", **item, "item": _message(request_id, [], "in_progress")},
        {"type": "response.content_part.added", **place, "part": _part("")},
        {"type": "response.refusal.delta", **place, "delta": message},
        {"type": "response.refusal.done", **place, "refusal": message},
        {"type": "response.content_part.done", **place, "part": _part(message)},
        {"type": "response.output_item.done", **item, "item": whole["output"][0]},
        end,
    ]
    return b"".join(_event(event | {"sequence_number": n}) for n, event in enumerate(events))


def _response(request_id: str, model: str, created: int) -> dict[str, Any]:
    return {
        "id": request_id,
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
    }


def _message(request_id: str, content: list[dict[str, Any]], status: str) -> dict[str, Any]:
    return {
        "id": f"msg_{request_id}",
        "type": "message",
        "role": "assistant",
        "status": status,
        "content": content,
    }


def _part(message: str) -> dict[str, Any]:
    return {"type": "refusal", "refusal": message}


def _event(value: dict[str, Any]) -> bytes:
    return f"event: {value['type']}\ndata: ".encode() + orjson.dumps(value) + b"\n\n"
