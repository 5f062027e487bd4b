"""Replies in OpenAI's shapes: a completion object, server-sent events, an error, a model list.

Formats: https://platform.openai.com/docs/api-reference/chat/object and .../chat/streaming.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from llm_gateway.upstream.demo.reply import Reply, completion_tokens, prompt_tokens
from llm_gateway.upstream.demo.request import MODEL, ChatRequest, Refused

FINGERPRINT = "fp_simulated"
DONE = b"data: [DONE]\n\n"

_WORD = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What all parts of one answer share. `created` is Unix seconds."""

    id: str
    created: int

    def head(self, kind: str) -> dict[str, Any]:
        return {
            "id": f"chatcmpl-{self.id}",
            "object": kind,
            "created": self.created,
            "model": MODEL,
            "system_fingerprint": FINGERPRINT,
        }


def completion(request: ChatRequest, replies: Sequence[Reply], stamp: Stamp) -> dict[str, Any]:
    choices = [
        {
            "index": index,
            "message": _message(reply, stamp, index),
            "logprobs": None,
            "finish_reason": reply.finish_reason,
        }
        for index, reply in enumerate(replies)
    ]
    return stamp.head("chat.completion") | {"choices": choices, "usage": usage(request, replies)}


def _message(reply: Reply, stamp: Stamp, index: int) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": reply.text, "refusal": None}
    if reply.call is not None:
        name, arguments = reply.call
        call = {"id": _call_id(stamp, index), "type": "function"}
        message |= {
            "content": None,
            "tool_calls": [call | {"function": {"name": name, "arguments": arguments}}],
        }
    return message


def _call_id(stamp: Stamp, index: int) -> str:
    return f"call_{stamp.id}{index}"


def usage(request: ChatRequest, replies: Sequence[Reply]) -> dict[str, Any]:
    given, made = prompt_tokens(request.messages), completion_tokens(replies)
    return {
        "prompt_tokens": given,
        "completion_tokens": made,
        "total_tokens": given + made,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0},
    }


def events(request: ChatRequest, replies: Sequence[Reply], stamp: Stamp) -> Iterator[bytes]:
    """The stream, one server-sent event at a time, one word in each."""
    for index, reply in enumerate(replies):
        for delta in _deltas(reply, stamp, index):
            yield _chunk(request, stamp, [_choice(index, delta, None)])
        yield _chunk(request, stamp, [_choice(index, {}, reply.finish_reason)])
    if request.include_usage:
        yield _chunk(request, stamp, [], usage(request, replies))
    yield DONE


def _deltas(reply: Reply, stamp: Stamp, index: int) -> Iterator[dict[str, Any]]:
    if reply.call is None:
        yield {"role": "assistant", "content": "", "refusal": None}
        yield from ({"content": word} for word in _WORD.findall(reply.text))
        return
    name, arguments = reply.call
    call = {"index": 0, "id": _call_id(stamp, index), "type": "function"}
    first = call | {"function": {"name": name, "arguments": ""}}
    yield {"role": "assistant", "content": None, "tool_calls": [first]}
    for piece in _WORD.findall(arguments):
        yield {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}


def _choice(index: int, delta: dict[str, Any], finish_reason: str | None) -> dict[str, Any]:
    return {"index": index, "delta": delta, "logprobs": None, "finish_reason": finish_reason}


def _chunk(
    request: ChatRequest, stamp: Stamp, choices: list[dict[str, Any]], used: dict[str, Any] | None = None
) -> bytes:
    """With include_usage every chunk has a usage field, null but in the last."""
    body = stamp.head("chat.completion.chunk") | {"choices": choices}
    if request.include_usage:
        body["usage"] = used
    return b"data: " + dump(body) + b"\n\n"


def error(refused: Refused) -> dict[str, Any]:
    return {
        "error": {
            "message": refused.message,
            "type": "invalid_request_error",
            "param": refused.param,
            "code": refused.code,
        }
    }


def model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": "llm-gateway-simulation"}


def models() -> dict[str, Any]:
    return {"object": "list", "data": [model()]}


def dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
