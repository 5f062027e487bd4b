"""The providers, one file each. A new one is its file and its line in ALL."""

from llm_gateway.providers.anthropic import ANTHROPIC
from llm_gateway.providers.azure_openai import AZURE_OPENAI
from llm_gateway.providers.cohere import COHERE
from llm_gateway.providers.deepseek import DEEPSEEK
from llm_gateway.providers.demo import DEMO
from llm_gateway.providers.fireworks import FIREWORKS
from llm_gateway.providers.gemini import GEMINI
from llm_gateway.providers.groq import GROQ
from llm_gateway.providers.mistral import MISTRAL
from llm_gateway.providers.ollama import OLLAMA
from llm_gateway.providers.openai import OPENAI
from llm_gateway.providers.openai_compatible import OPENAI_COMPATIBLE
from llm_gateway.providers.openrouter import OPENROUTER
from llm_gateway.providers.perplexity import PERPLEXITY
from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks, credential_headers
from llm_gateway.providers.together import TOGETHER
from llm_gateway.providers.vllm import VLLM
from llm_gateway.providers.xai import XAI

ALL = (
    OPENAI,
    OPENROUTER,
    ANTHROPIC,
    GEMINI,
    XAI,
    MISTRAL,
    GROQ,
    DEEPSEEK,
    AZURE_OPENAI,
    TOGETHER,
    FIREWORKS,
    COHERE,
    PERPLEXITY,
    OLLAMA,
    VLLM,
    OPENAI_COMPATIBLE,
    DEMO,
)

BY_ID = {provider.id: provider for provider in ALL}

__all__ = ["ALL", "BY_ID", "Auth", "Provider", "Quirk", "Speaks", "credential_headers"]
