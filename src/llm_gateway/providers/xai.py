"""xAI, the Grok models."""

from llm_gateway.providers.provider import Auth, Provider, Speaks

XAI = Provider(
    id="xai",
    title="xAI Grok",
    base_url="https://api.x.ai/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_RESPONSES}),
    counts_streams=True,
    newer_limit=True,
    key_page="https://console.x.ai",
    models=("grok-4.7", "grok-4.6", "grok-4-1-fast-reasoning", "grok-4-1-fast-non-reasoning"),
)
