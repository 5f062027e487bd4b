"""OpenAI embeddings: https://platform.openai.com/docs/api-reference/embeddings"""

from llm_gateway.wire.openai_embeddings.format import OpenAIEmbeddings

__all__ = ["OpenAIEmbeddings"]
