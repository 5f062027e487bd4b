"""OpenRouter."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

OPENROUTER = Provider(
    id="openrouter",
    title="OpenRouter",
    base_url="https://openrouter.ai/api/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT}),
    newer_limit=True,
    key_page="https://openrouter.ai/settings/keys",
    key_variable="OPENROUTER_API_KEY",
    models=("anthropic/claude-opus-5", "anthropic/claude-haiku-5.5", "openai/gpt-5.5"),
    quirks=(
        Quirk(
            "Streams carry comment lines (`: OPENROUTER PROCESSING`) while the model is waited for.",
            "https://openrouter.ai/docs/api-reference/streaming",
        ),
        Quirk(
            "A failure after the first token arrives as a data event with an `error` field, status 200.",
            "https://openrouter.ai/docs/api-reference/streaming",
        ),
    ),
)
