"""Anthropic in its own format."""

from types import MappingProxyType

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

ANTHROPIC = Provider(
    id="anthropic",
    title="Anthropic",
    base_url="https://api.anthropic.com/v1",
    auth=Auth.X_API_KEY,
    speaks=frozenset({Speaks.ANTHROPIC_MESSAGES}),
    key_page="https://console.anthropic.com/settings/keys",
    headers=MappingProxyType({"anthropic-version": "2023-06-01"}),
    models=("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"),
    quirks=(
        Quirk(
            "Every request must name an API version in the anthropic-version header.",
            "https://platform.claude.com/docs/en/api/versioning",
        ),
    ),
)
