"""What can be connected, and whether a provider key works."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field, SecretStr

from llm_gateway.control import Destination
from llm_gateway.control.probes import Probes
from llm_gateway.domain.errors import NotFound
from llm_gateway.domain.secret import Secret
from llm_gateway.providers import ALL, BY_ID, Provider
from llm_gateway.providers.catalogue import listed_models
from llm_gateway.web.admin.rights import KeysWrite, ProvidersRead, check_base_url
from llm_gateway.web.admin.schemas import Input


class ModelOut(BaseModel):
    """Prices are US dollars per million tokens; null where unknown."""

    id: str
    input: float | None
    output: float | None
    suggested: bool


class ProviderOut(BaseModel):
    id: str
    title: str
    base_url: str | None = Field(description="Its usual address; null when only the operator knows it.")
    key_page: str = Field(description="Where to get a key.")
    key_optional: bool
    fixed: bool = Field(description="Takes no other base URL.")
    simulated: bool
    formats: list[str]

    @classmethod
    def of(cls, provider: Provider) -> "ProviderOut":
        return cls(
            id=provider.id,
            title=provider.title,
            base_url=provider.base_url,
            key_page=provider.key_page,
            key_optional=provider.key_optional,
            fixed=provider.fixed,
            simulated=provider.simulated,
            formats=sorted(provider.speaks),
        )


class ProviderList(BaseModel):
    data: list[ProviderOut]


class ModelList(BaseModel):
    data: list[ModelOut]


class ProviderTryIn(Input):
    provider: str
    provider_key: SecretStr | None = None
    base_url: str | None = None


class ProviderTriedOut(BaseModel):
    ok: bool
    status: int
    milliseconds: float
    problem: str
    models: list[str]


def providers_router(probes: Probes, *, demo: bool) -> APIRouter:
    """`demo` says whether the simulated provider is on."""
    router = APIRouter(prefix="/api/dashboard/providers", tags=["Providers"])
    offered = [provider for provider in ALL if demo or not provider.simulated]

    @router.get("")
    async def list_providers(actor: ProvidersRead) -> ProviderList:
        """The providers that can be connected."""
        return ProviderList(data=[ProviderOut.of(provider) for provider in offered])

    @router.get("/{provider_id}/models")
    async def list_models(
        actor: ProvidersRead, provider_id: Annotated[str, Path(max_length=64)]
    ) -> ModelList:
        """The models a provider is known to offer, suggestions first."""
        provider = BY_ID.get(provider_id)
        if provider is None:
            raise NotFound("There is no provider with this id.", code="provider_not_found")
        return ModelList(data=[ModelOut(**model._asdict()) for model in listed_models(provider)])

    @router.post("/test")
    async def try_provider(actor: KeysWrite, body: ProviderTryIn) -> ProviderTriedOut:
        """Whether the provider accepts a key. Asks it for its models; stores nothing."""
        check_base_url(actor, body.base_url)
        key = Secret(body.provider_key.get_secret_value()) if body.provider_key else None
        tried = await probes.try_out(actor, Destination(body.provider, key, body.base_url))
        return ProviderTriedOut(
            ok=tried.ok,
            status=tried.status,
            milliseconds=tried.milliseconds,
            problem=tried.problem,
            models=list(tried.models),
        )

    return router
