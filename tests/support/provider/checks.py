"""Whether a body is a chat request as OpenAI documents it, by the types of the official SDK.

Unknown fields are allowed and listed; known ones must have their documented type.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from openai.types.chat.completion_create_params import (
    CompletionCreateParamsBase,
    CompletionCreateParamsNonStreaming,
    CompletionCreateParamsStreaming,
)
from pydantic import TypeAdapter, ValidationError

_PLAIN: TypeAdapter[Any] = TypeAdapter(CompletionCreateParamsNonStreaming)
_STREAMING: TypeAdapter[Any] = TypeAdapter(CompletionCreateParamsStreaming)
_KNOWN = frozenset(CompletionCreateParamsStreaming.__annotations__) | frozenset(
    CompletionCreateParamsBase.__annotations__
)


def problems(body: bytes) -> list[str]:
    """What is wrong with a chat request; empty when nothing is."""
    try:
        value = json.loads(body, object_pairs_hook=_without_duplicates)
    except ValueError as error:
        return [f"not JSON: {error}"]
    if not isinstance(value, dict) or not isinstance(value.get("messages"), list):
        return ["not an object with a list of messages"]
    if not value["messages"]:
        return ["no messages"]
    if not value.get("stream") and value.get("stream_options") is not None:
        return ["stream_options without stream"]
    return _typed(value)


def unknown_fields(body: Mapping[str, Any]) -> set[str]:
    return set(body) - _KNOWN


def _typed(value: dict[str, Any]) -> list[str]:
    adapter = _STREAMING if value.get("stream") else _PLAIN
    try:
        for _ in _leaves(adapter.validate_python(value, strict=True)):
            pass
    except ValidationError as error:
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5]]
    return []


def _leaves(value: Any) -> Iterator[Any]:
    """Walks the whole value: pydantic checks the items of an iterable only when they are taken."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif hasattr(value, "__iter__") and not isinstance(value, str | bytes):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key occurs twice")
    return dict(pairs)
