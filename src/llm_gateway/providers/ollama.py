"""Ollama, models on the operator's own machine."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

OLLAMA = Provider(
    id="ollama",
    title="Ollama",
    base_url="http://127.0.0.1:11434/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_RESPONSES, Speaks.OPENAI_EMBEDDINGS}),
    counts_streams=True,
    key_optional=True,
    models=("gpt-oss:20b", "gemma4:31b"),
    quirks=(
        Quirk(
            "A server on the own machine ignores the key.",
            "https://docs.ollama.com/api/openai-compatibility",
        ),
        Quirk(
            "Responses are stateless: previous_response_id is not supported.",
            "https://docs.ollama.com/api/openai-compatibility",
        ),
    ),
)
