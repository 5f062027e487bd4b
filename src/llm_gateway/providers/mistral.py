"""Mistral AI."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

MISTRAL = Provider(
    id="mistral",
    title="Mistral AI",
    base_url="https://api.mistral.ai/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_EMBEDDINGS}),
    key_page="https://console.mistral.ai/api-keys",
    models=(
        "mistral-large-4",
        "mistral-medium-latest",
        "mistral-small-latest",
        "codestral-2508",
        "mistral-embed",
    ),
    quirks=(
        Quirk(
            "The seed of sampling is called `random_seed`, not `seed`.",
            "https://docs.mistral.ai/api/",
        ),
    ),
)
