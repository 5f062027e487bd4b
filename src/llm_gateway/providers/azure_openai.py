"""Azure OpenAI, by its versionless v1 API."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

AZURE_OPENAI = Provider(
    id="azure_openai",
    title="Azure OpenAI",
    base_url=None,
    auth=Auth.API_KEY,
    speaks=frozenset({Speaks.OPENAI_CHAT, Speaks.OPENAI_RESPONSES, Speaks.OPENAI_EMBEDDINGS}),
    counts_streams=True,
    newer_limit=True,
    key_page="https://portal.azure.com/",
    key_variable="AZURE_OPENAI_API_KEY",
    quirks=(
        Quirk(
            "Each resource has an address of its own: https://RESOURCE.openai.azure.com/openai/v1.",
            "https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle",
        ),
        Quirk(
            "The model is the name of a deployment in the resource.",
            "https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle",
        ),
    ),
)
