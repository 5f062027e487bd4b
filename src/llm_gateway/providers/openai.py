"""OpenAI."""

from llm_gateway.providers.provider import Auth, Provider, Speaks

OPENAI = Provider(
    id="openai",
    title="OpenAI",
    base_url="https://api.openai.com/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_RESPONSES, Speaks.OPENAI_EMBEDDINGS}),
    counts_streams=True,
    newer_limit=True,
    key_page="https://platform.openai.com/api-keys",
    models=("gpt-6.1-sol", "gpt-6-luna", "gpt-5.5", "gpt-5.4-mini", "gpt-5.4-nano", "text-embedding-3-small"),
)
