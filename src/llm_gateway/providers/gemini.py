"""Google Gemini through its OpenAI-compatible endpoint (ai.google.dev/gemini-api/docs/openai)."""

from llm_gateway.providers.provider import Auth, Provider, Speaks

GEMINI = Provider(
    id="gemini",
    title="Google Gemini",
    base_url="https://generativelanguage.googleapis.com/v1beta/openai",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_EMBEDDINGS}),
    key_page="https://aistudio.google.com/apikey",
    models=("gemini-3.8-flash", "gemini-3.5-flash-lite", "gemini-2.5-pro", "gemini-embedding-001"),
)
