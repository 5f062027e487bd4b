"""The demo provider: a simulation inside the gateway, so that a newcomer needs no account."""

from llm_gateway.providers.provider import Auth, Provider, Speaks

DEMO = Provider(
    id="demo",
    title="Demo (simulated)",
    base_url="demo://simulated/v1",
    auth=Auth.NONE,
    speaks=frozenset({Speaks.OPENAI_CHAT}),
    key_optional=True,
    fixed=True,
    simulated=True,
    models=("demo-simulated",),
)
