"""OpenAI chat completions: https://platform.openai.com/docs/api-reference/chat

Also what most other providers speak. Fields they add are unknown here and therefore inspected.
"""

from llm_gateway.wire.openai_chat.format import OpenAIChat

__all__ = ["OpenAIChat"]
