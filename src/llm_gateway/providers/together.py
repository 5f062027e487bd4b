"""Together AI."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

TOGETHER = Provider(
    id="together",
    title="Together AI",
    base_url="https://api.together.xyz/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_EMBEDDINGS}),
    counts_streams=True,
    key_page="https://api.together.ai/settings/api-keys",
    key_variable="TOGETHER_API_KEY",
    models=("meta-llama/Llama-3.3-70B-Instruct-Turbo", "openai/gpt-oss-120b"),
    quirks=(
        Quirk(
            "Speaks OpenAI's chat format below /v1.",
            "https://docs.together.ai/docs/openai-api-compatibility",
        ),
    ),
)
