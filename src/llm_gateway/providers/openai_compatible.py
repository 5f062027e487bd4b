"""Any server that speaks OpenAI's format: vLLM, llama.cpp, LM Studio, a company's own."""

from llm_gateway.providers.provider import Auth, Provider, Speaks

OPENAI_COMPATIBLE = Provider(
    id="openai_compatible",
    title="OpenAI-compatible server",
    base_url=None,
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_RESPONSES, Speaks.OPENAI_EMBEDDINGS}),
    key_optional=True,
)
