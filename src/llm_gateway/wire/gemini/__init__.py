"""Gemini: https://ai.google.dev/api/generate-content and https://ai.google.dev/api/embeddings

The model is named by the path, not by the body. Field names are accepted in both spellings, and one
object in the place of an array of it, as Google does.
"""

from llm_gateway.wire.gemini.format import (
    GeminiCountTokens,
    GeminiEmbed,
    GeminiGenerate,
    GeminiGenerateArray,
)

__all__ = ["GeminiCountTokens", "GeminiEmbed", "GeminiGenerate", "GeminiGenerateArray"]
