"""Which paths are proxied. A path that is not here is refused, never tunnelled."""

from collections.abc import Mapping
from dataclasses import dataclass

from llm_gateway.wire.format import WireFormat
from llm_gateway.wire.openai_chat import OpenAIChat
from llm_gateway.wire.openai_models import OpenAIModels


@dataclass(frozen=True, slots=True)
class Surface:
    """A proxied operation: its wire format and the provider's path below its base URL."""

    format: WireFormat
    operation: str
    lists_models: bool = False


SURFACES: Mapping[tuple[str, str], Surface] = {
    ("POST", "/v1/chat/completions"): Surface(OpenAIChat(), "/chat/completions"),
    ("GET", "/v1/models"): Surface(OpenAIModels(), "/models", lists_models=True),
}
