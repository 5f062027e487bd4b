"""One choice of the simulated model: text or a tool call, and why it ended."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from llm_gateway.upstream.demo import calls, speech
from llm_gateway.upstream.demo.leaves import SchemaRefused
from llm_gateway.upstream.demo.request import ChatRequest, Refused

_PIECE = re.compile(r"\s+|\w{1,8}|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Reply:
    """`call` is the name and the JSON arguments of a tool call; then `text` is empty."""

    text: str
    call: tuple[str, str] | None
    finish_reason: str


def tokens(text: str) -> int:
    """A count of the size that real tokenizers give: pieces of words and marks."""
    return sum(1 for piece in _PIECE.finditer(text) if not piece[0].isspace())


def prompt_tokens(messages: Sequence[Mapping[str, Any]]) -> int:
    return sum(4 + tokens(speech.text_of(message)) for message in messages)


def completion_tokens(replies: Iterable[Reply]) -> int:
    return sum(tokens(reply.text) + tokens("".join(reply.call or ())) for reply in replies)


def replies(request: ChatRequest) -> list[Reply]:
    """As many as the request asks for. Raises Refused where its schema cannot be met."""
    try:
        first = _first(request)
    except SchemaRefused as error:
        raise Refused(f"Invalid schema: {error}.", code="invalid_schema") from error
    return [first if index == 0 else _variant(first, index, request) for index in range(request.n)]


def _first(request: ChatRequest) -> Reply:
    call = _call(request)
    if call is not None:
        return Reply("", call, "tool_calls")
    wanted = request.body.get("response_format") or {}
    if wanted.get("type") == "json_schema":
        return _cut(_dump(_structured(wanted["json_schema"], request)), request)
    text = speech.speak(request.messages)
    if wanted.get("type") == "json_object":
        text = _dump({"simulated": True, "answer": text})
    return _cut(text, request)


def _variant(first: Reply, index: int, request: ChatRequest) -> Reply:
    """Further choices say which they are, but for those that must be JSON."""
    wanted = (request.body.get("response_format") or {}).get("type", "text")
    if first.call is not None or wanted != "text":
        return first
    return _cut(f"{speech.speak(request.messages)} (Choice {index + 1}.)", request)


def _call(request: ChatRequest) -> tuple[str, str] | None:
    """None after a tool result: then it is time to answer."""
    if request.messages[-1]["role"] == "tool":
        return None
    asked = speech.text_of(speech.last_of(request.messages, "user") or request.messages[-1])
    found = calls.chosen(request.tools, request.body.get("tool_choice"), asked)
    if found is None:
        return None
    name, parameters = found
    return name, _dump(calls.arguments({"type": "object", **parameters}, asked))


def _structured(named: Mapping[str, Any], request: ChatRequest) -> Any:
    asked = speech.text_of(speech.last_of(request.messages, "user") or request.messages[-1])
    return calls.arguments(named.get("schema", {}), asked)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cut(text: str, request: ChatRequest) -> Reply:
    """Ends before the first stop sequence or after the last token allowed, whichever comes first."""
    ends = [at for stop in request.stop if stop and (at := text.find(stop)) >= 0]
    text = text[: min(ends)] if ends else text
    if request.max_tokens is None or tokens(text) <= request.max_tokens:
        return Reply(text, None, "stop")
    return Reply(_first_tokens(text, request.max_tokens), None, "length")


def _first_tokens(text: str, count: int) -> str:
    solid = (piece for piece in _PIECE.finditer(text) if not piece[0].isspace())
    return text[: next(islice(solid, count - 1, None)).end()]
