"""Cohere, through its OpenAI-compatible endpoint."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

COHERE = Provider(
    id="cohere",
    title="Cohere",
    base_url="https://api.cohere.ai/compatibility/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_EMBEDDINGS}),
    key_page="https://dashboard.cohere.com/api-keys",
    key_variable="COHERE_API_KEY",
    models=("command-a-03-2025", "embed-v4.0"),
    quirks=(
        Quirk(
            "OpenAI's format is served below /compatibility/v1; the native API is another.",
            "https://docs.cohere.com/docs/compatibility-api",
        ),
    ),
)
