"""Perplexity: answers from a search of the web."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

PERPLEXITY = Provider(
    id="perplexity",
    title="Perplexity",
    base_url="https://api.perplexity.ai",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT}),
    key_page="https://www.perplexity.ai/settings/api",
    key_variable="PERPLEXITY_API_KEY",
    models=("sonar", "sonar-pro", "sonar-reasoning-pro"),
    quirks=(
        Quirk(
            "The address of the chat API has no version, and there is no list of models.",
            "https://docs.perplexity.ai/docs/grounded-llm/openai-compatibility",
        ),
    ),
)
