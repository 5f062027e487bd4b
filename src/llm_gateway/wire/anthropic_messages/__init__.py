"""Anthropic messages and token counts: https://platform.claude.com/docs/en/api/messages"""

from llm_gateway.wire.anthropic_messages.format import AnthropicCountTokens, AnthropicMessages

__all__ = ["AnthropicCountTokens", "AnthropicMessages"]
