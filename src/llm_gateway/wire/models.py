"""The list of models as each format's clients expect it.

https://platform.openai.com/docs/api-reference/models, https://platform.claude.com/docs/en/api/models-list,
https://ai.google.dev/api/models
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

_METHODS = ["generateContent", "streamGenerateContent", "countTokens", "embedContent"]


def listing(dialect: str, names: Sequence[str], owner: str, created: int) -> bytes:
    """The list of models for clients that speak like the surface `dialect`."""
    if dialect.startswith("anthropic"):
        return anthropic_list(names, created)
    return gemini_list(names) if dialect.startswith("gemini") else openai_list(names, owner, created)


def entry(dialect: str, name: str, owner: str, created: int) -> bytes:
    """One model for clients that speak like the surface `dialect`."""
    if dialect.startswith("anthropic"):
        return anthropic_one(name, created)
    return gemini_one(name) if dialect.startswith("gemini") else openai_one(name, owner, created)


def openai_list(names: Sequence[str], owner: str, created: int) -> bytes:
    """`GET /v1/models`. `created` is in seconds since 1970."""
    data = [_openai(name, owner, created) for name in names]
    return orjson.dumps({"object": "list", "data": data})


def openai_one(name: str, owner: str, created: int) -> bytes:
    """`GET /v1/models/{model}`."""
    return orjson.dumps(_openai(name, owner, created))


def anthropic_list(names: Sequence[str], created: int) -> bytes:
    """`GET /v1/models` for Anthropic's clients: one page."""
    return orjson.dumps(
        {
            "data": [_anthropic(name, created) for name in names],
            "has_more": False,
            "first_id": names[0] if names else None,
            "last_id": names[-1] if names else None,
        }
    )


def anthropic_one(name: str, created: int) -> bytes:
    """`GET /v1/models/{model}` for Anthropic's clients."""
    return orjson.dumps(_anthropic(name, created))


def gemini_list(names: Sequence[str]) -> bytes:
    """`GET /v1beta/models`: one page."""
    return orjson.dumps({"models": [_gemini(name) for name in names]})


def gemini_one(name: str) -> bytes:
    """`GET /v1beta/models/{model}`."""
    return orjson.dumps(_gemini(name))


def _openai(name: str, owner: str, created: int) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": created, "owned_by": owner}


def _anthropic(name: str, created: int) -> dict[str, Any]:
    at = datetime.fromtimestamp(created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"type": "model", "id": name, "display_name": name, "created_at": at}


def _gemini(name: str) -> dict[str, Any]:
    plain = name.removeprefix("models/")
    return {
        "name": f"models/{plain}",
        "version": plain,
        "displayName": plain,
        "supportedGenerationMethods": _METHODS,
    }
