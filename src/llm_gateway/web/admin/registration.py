"""The control endpoints that users of the product know by name."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import SecretStr

from llm_gateway.control import Actor, Destination, Keys, Registration
from llm_gateway.domain.secret import Secret
from llm_gateway.web.admin.guard import NeedsInternal
from llm_gateway.web.admin.keys import issued_out
from llm_gateway.web.admin.rights import KeysWrite, check_base_url
from llm_gateway.web.admin.schemas import (
    GenerateKeyIn,
    IssuedKeyOut,
    KeyOut,
    RegisterKeyIn,
    ResolvedKeyOut,
    UnregisterKeyIn,
)

Resolver = Annotated[Actor, Depends(NeedsInternal())]


def registration_router(keys: Keys, registration: Registration) -> APIRouter:
    router = APIRouter(tags=["Control"])

    @router.post("/generate-api-key", status_code=201)
    async def generate_api_key(actor: KeysWrite, body: GenerateKeyIn | None = None) -> IssuedKeyOut:
        """Make a gateway key that leads nowhere yet; register it next. The answer shows it once."""
        return issued_out(await keys.create_unrouted(actor, body.name if body else ""))

    @router.post("/register-key")
    async def register_key(actor: KeysWrite, body: RegisterKeyIn) -> KeyOut:
        """Lead a gateway key to a provider and model; what it led to before is forgotten."""
        check_base_url(actor, body.base_url)
        destination = Destination(body.provider, _secret(body.target_api_key), body.base_url)
        token = Secret(body.gateway_key.get_secret_value())
        return KeyOut.of(await registration.register(actor, token, destination, body.model))

    @router.post("/unregister-key")
    async def unregister_key(actor: KeysWrite, body: UnregisterKeyIn) -> KeyOut:
        """Let a gateway key lead nowhere and erase its provider key."""
        token = Secret(body.gateway_key.get_secret_value())
        return KeyOut.of(await registration.unregister(actor, token))

    @router.get("/api/internal/resolve-key")
    async def resolve_key(actor: Resolver, key: Annotated[str, Query(max_length=200)]) -> ResolvedKeyOut:
        """Where a gateway key leads, with the provider key in the clear. Every call is audited."""
        resolved = await registration.resolve(actor, Secret(key))
        return ResolvedKeyOut(
            provider=resolved.provider,
            customerApiKey=resolved.provider_key.reveal(),
            model=resolved.model,
        )

    return router


def _secret(value: SecretStr | None) -> Secret | None:
    return Secret(value.get_secret_value()) if value is not None else None
