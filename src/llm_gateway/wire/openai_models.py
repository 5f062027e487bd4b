"""OpenAI's list of models: https://platform.openai.com/docs/api-reference/models/list"""

from collections.abc import Sequence
from typing import Any

import orjson

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.wire.openai_chat import OpenAIChat


class OpenAIModels(OpenAIChat):
    """The list of models. Its errors are those of chat completions."""

    surface = "openai.models"


def model_list(listed: Any, allowed: Sequence[str], owner: str) -> bytes:
    """The provider's entries for the allowed models; one of our own for a model it does not list.

    Raises UpstreamFailed when `listed` is not a list of models.
    """
    entries = listed.get("data") if type(listed) is dict else None
    if type(entries) is not list:
        raise UpstreamFailed("The provider's answer is not a list of models.", code="upstream_invalid_answer")
    known = {entry["id"]: entry for entry in entries if type(entry) is dict and type(entry.get("id")) is str}
    own = {"object": "model", "created": 0, "owned_by": owner}
    data = [known.get(model) or {"id": model, **own} for model in allowed]
    return orjson.dumps({"object": "list", "data": data})
