"""Google Gemini, in its own format and through its OpenAI-compatible endpoint."""

from types import MappingProxyType

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

_COMPATIBLE = (Speaks.OPENAI_CHAT, Speaks.OPENAI_EMBEDDINGS)

GEMINI = Provider(
    id="gemini",
    title="Google Gemini",
    base_url="https://generativelanguage.googleapis.com/v1beta",
    auth=Auth.X_GOOG_API_KEY,
    speaks=frozenset({Speaks.GEMINI, *_COMPATIBLE}),
    key_page="https://aistudio.google.com/apikey",
    key_variable="GEMINI_API_KEY",
    roots=MappingProxyType(dict.fromkeys(_COMPATIBLE, "/openai")),
    auths=MappingProxyType(dict.fromkeys(_COMPATIBLE, Auth.BEARER)),
    models=("gemini-3.8-flash", "gemini-3.5-flash-lite", "gemini-2.5-pro", "gemini-embedding-001"),
    quirks=(
        Quirk(
            "OpenAI's format is served below /openai of the same base, with the key as a bearer token.",
            "https://ai.google.dev/gemini-api/docs/openai",
        ),
    ),
)
