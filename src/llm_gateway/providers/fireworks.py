"""Fireworks AI."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

FIREWORKS = Provider(
    id="fireworks",
    title="Fireworks AI",
    base_url="https://api.fireworks.ai/inference/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_EMBEDDINGS}),
    counts_streams=True,
    key_page="https://app.fireworks.ai/settings/users/api-keys",
    key_variable="FIREWORKS_API_KEY",
    models=("accounts/fireworks/models/gpt-oss-120b", "accounts/fireworks/models/llama-v3p3-70b-instruct"),
    quirks=(
        Quirk(
            "Models are named by the account that owns them: accounts/fireworks/models/NAME.",
            "https://docs.fireworks.ai/tools-sdks/openai-compatibility",
        ),
    ),
)
