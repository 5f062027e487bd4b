"""What the provider may be told to answer.

An answer is a head and steps. A step is bytes to send, a number of seconds to wait, or RESET, which
breaks the connection. With `framing` "chunked" each bytes step is one chunk of HTTP; with "length" the
steps are joined by the reader; with "raw" the steps are all there is, status line included.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal


class Fault(Enum):
    RESET = "reset"


RESET = Fault.RESET

Step = bytes | float | Fault
Framing = Literal["length", "chunked", "close", "raw"]


@dataclass(frozen=True)
class Answer:
    """`length` overrides the Content-Length that is announced, so that half an answer can be sent."""

    steps: Sequence[Step]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    framing: Framing = "length"
    length: int | None = None
    before: float = 0.0

    @property
    def body(self) -> bytes:
        return b"".join(step for step in self.steps if isinstance(step, bytes))


def json_answer(
    value: Any, status: int = 200, headers: Mapping[str, str] | None = None, before: float = 0.0
) -> Answer:
    """A whole JSON answer; bytes are sent as they are. `before` is the wait before the head."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Answer([body], status, {"Content-Type": "application/json"} | dict(headers or {}), before=before)


def completion(text: str = "All is well.", model: str = "test-model", **message: Any) -> dict[str, Any]:
    """The body of a chat completion."""
    said = {"role": "assistant", "content": text, "refusal": None} | message
    reason = "tool_calls" if message.get("tool_calls") else "stop"
    choice = {"index": 0, "message": said, "logprobs": None, "finish_reason": reason}
    return {
        "id": "chatcmpl-test",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": model,
        "choices": [choice],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    }


def chunk(delta: Mapping[str, Any], finish: str | None = None, **fields: Any) -> bytes:
    """One event of a chat stream."""
    body = {
        "id": "chatcmpl-test",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000,
        "model": "test-model",
        "choices": [{"index": 0, "delta": dict(delta), "logprobs": None, "finish_reason": finish}],
    }
    return b"data: " + json.dumps(body | fields).encode() + b"\n\n"


def stream_of(words: Iterable[str], *, usage: Mapping[str, int] | None = None) -> list[bytes]:
    """The events of a stream that says these words, `[DONE]` included."""
    told = [chunk({"role": "assistant", "content": ""})]
    told += [chunk({"content": word}) for word in words]
    told.append(chunk({}, "stop"))
    if usage is not None:
        told.append(chunk({}, choices=[], usage=dict(usage)))
    return [*told, b"data: [DONE]\n\n"]


def events(steps: Sequence[Step], *, every: float = 0.0, headers: Mapping[str, str] | None = None) -> Answer:
    """A stream; each bytes step becomes one chunk of HTTP, `every` seconds apart."""
    spaced: list[Step] = []
    for step in steps:
        spaced += [step, every] if every else [step]
    return Answer(spaced, 200, {"Content-Type": "text/event-stream"} | dict(headers or {}), framing="chunked")


def error(
    status: int, message: str, kind: str, code: str | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """An error in OpenAI's envelope."""
    body = {"error": {"message": message, "type": kind, "param": None, "code": code}}
    return json_answer(body, status, headers)


def raw(*steps: Step) -> Answer:
    """Bytes on the wire, status line and all; then the connection is closed."""
    return Answer(steps, framing="raw")
