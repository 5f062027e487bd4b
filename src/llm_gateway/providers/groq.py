"""Groq."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

_COMPATIBILITY = "https://console.groq.com/docs/openai"

GROQ = Provider(
    id="groq",
    title="Groq",
    base_url="https://api.groq.com/openai/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_RESPONSES}),
    counts_streams=True,
    newer_limit=True,
    key_page="https://console.groq.com/keys",
    models=("openai/gpt-oss-120b", "openai/gpt-oss-20b", "llama-3.3-70b-versatile", "llama-3.1-8b-instant"),
    quirks=(
        Quirk(
            "Answers 400 to logprobs, logit_bias, top_logprobs, messages[].name, and n other than 1.",
            _COMPATIBILITY,
        ),
        Quirk("Reads a temperature of 0 as 1e-8.", _COMPATIBILITY),
    ),
)
