"""All wire formats, by name. A new one is a folder and a line here."""

from collections.abc import Mapping

from llm_gateway.wire.anthropic_messages import AnthropicCountTokens, AnthropicMessages
from llm_gateway.wire.format import WireFormat
from llm_gateway.wire.gemini import GeminiCountTokens, GeminiEmbed, GeminiGenerate, GeminiGenerateArray
from llm_gateway.wire.openai_chat import OpenAIChat
from llm_gateway.wire.openai_embeddings import OpenAIEmbeddings
from llm_gateway.wire.openai_responses import OpenAIResponses

FORMATS: Mapping[str, WireFormat] = {
    "openai_chat": OpenAIChat(),
    "openai_responses": OpenAIResponses(),
    "openai_embeddings": OpenAIEmbeddings(),
    "anthropic_messages": AnthropicMessages(),
    "anthropic_count_tokens": AnthropicCountTokens(),
    "gemini_generate": GeminiGenerate(),
    "gemini_generate_array": GeminiGenerateArray(),
    "gemini_count_tokens": GeminiCountTokens(),
    "gemini_embed": GeminiEmbed(),
}
