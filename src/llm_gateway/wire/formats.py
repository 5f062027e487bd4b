"""All wire formats, by name. A new one is a folder and a line here."""

from collections.abc import Mapping

from llm_gateway.wire.format import WireFormat
from llm_gateway.wire.openai_chat import OpenAIChat

FORMATS: Mapping[str, WireFormat] = {
    "openai_chat": OpenAIChat(),
}
