"""vLLM, models on the operator's own machines."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

VLLM = Provider(
    id="vllm",
    title="vLLM",
    base_url=None,
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_RESPONSES, Speaks.OPENAI_EMBEDDINGS}),
    counts_streams=True,
    key_optional=True,
    quirks=(
        Quirk(
            "Asks for a key only when it was started with --api-key.",
            "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html",
        ),
    ),
)
