"""DeepSeek."""

from llm_gateway.providers.provider import Auth, Provider, Quirk, Speaks

_THINKING = "https://api-docs.deepseek.com/guides/thinking_mode"

DEEPSEEK = Provider(
    id="deepseek",
    title="DeepSeek",
    base_url="https://api.deepseek.com/v1",
    auth=Auth.BEARER,
    speaks=frozenset({Speaks.OPENAI_CHAT}),
    counts_streams=True,
    key_page="https://platform.deepseek.com/api_keys",
    models=("deepseek-v4-pro", "deepseek-v4-flash", "deepseek-chat", "deepseek-reasoner"),
    quirks=(
        Quirk(
            "Reasoning comes beside the answer in `reasoning_content`. After a tool call it must be "
            "sent back in all later requests, or they answer 400.",
            _THINKING,
        ),
        Quirk("In thinking mode temperature and the penalties are accepted and ignored.", _THINKING),
    ),
)
