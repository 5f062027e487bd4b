"""OpenAI responses: https://platform.openai.com/docs/api-reference/responses"""

from llm_gateway.wire.openai_responses.format import OpenAIResponses

__all__ = ["OpenAIResponses"]
