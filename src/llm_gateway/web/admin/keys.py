"""/api/dashboard/api-keys"""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from llm_gateway.control import (
    Actor,
    Destination,
    IssuedKey,
    KeyChanges,
    Keys,
    NewKey,
    NewTarget,
    Permission,
)
from llm_gateway.control.durations import parse_duration
from llm_gateway.domain.keys import BlockStyle, KeyStatus
from llm_gateway.domain.secret import Secret
from llm_gateway.web.admin.rights import KeysRead, KeysWrite, check_base_url
from llm_gateway.web.admin.schemas import (
    CreateKeyIn,
    IssuedKeyOut,
    KeyOut,
    KeyPage,
    RotateKeyIn,
    TargetIn,
    UpdateKeyIn,
)

_AS_VALUES: dict[str, Any] = {"status": KeyStatus, "block_style": BlockStyle, "models": tuple}


def keys_router(keys: Keys) -> APIRouter:
    router = APIRouter(prefix="/api/dashboard/api-keys", tags=["Gateway keys"])

    @router.post("", status_code=201)
    async def create_key(actor: KeysWrite, body: CreateKeyIn) -> IssuedKeyOut:
        """Create a gateway key that leads to one provider and model. The answer shows it once."""
        _check_choices(actor, body)
        return issued_out(await keys.create(actor, _new_key(body)))

    @router.get("")
    async def list_keys(
        actor: KeysRead,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        after: Annotated[str | None, Query(max_length=64)] = None,
    ) -> KeyPage:
        """All keys, newest first."""
        page = [KeyOut.of(key) for key in await keys.list(limit=limit, after=after)]
        return KeyPage(data=page, next=page[-1].kid if len(page) == limit else None)

    @router.get("/{kid}")
    async def show_key(actor: KeysRead, kid: str) -> KeyOut:
        """One key."""
        return KeyOut.of(await keys.show(kid))

    @router.patch("/{kid}")
    async def update_key(actor: KeysWrite, kid: str, body: UpdateKeyIn) -> KeyOut:
        """Change fields of a key. To send requests elsewhere, create another key."""
        given = body.model_dump(exclude_unset=True)
        if "policy" in given:
            actor.needs(Permission.POLICIES_WRITE)
        fields = {name: _AS_VALUES.get(name, _same)(value) for name, value in given.items()}
        return KeyOut.of(await keys.update(actor, kid, KeyChanges(fields)))

    @router.post("/{kid}/rotate")
    async def rotate_key(actor: KeysWrite, kid: str, body: RotateKeyIn | None = None) -> IssuedKeyOut:
        """Give a key a new secret. With a grace the old one stays good beside it for a while."""
        grace = parse_duration(body.grace) if body else 0.0
        return issued_out(await keys.rotate(actor, kid, grace=grace))

    @router.post("/{kid}/revoke")
    async def revoke_key(actor: KeysWrite, kid: str) -> KeyOut:
        """End a key for good and erase its provider key."""
        return KeyOut.of(await keys.revoke(actor, kid))

    @router.delete("/{kid}")
    async def delete_key(actor: KeysWrite, kid: str) -> KeyOut:
        """The same as revoke: the key stays listed, so that records keep their meaning."""
        return KeyOut.of(await keys.revoke(actor, kid))

    return router


def issued_out(issued: IssuedKey) -> IssuedKeyOut:
    shown = KeyOut.of(issued.key).model_dump()
    return IssuedKeyOut(**shown, gateway_key=issued.token.reveal())


def _check_choices(actor: Actor, body: CreateKeyIn) -> None:
    if body.policy is not None:
        actor.needs(Permission.POLICIES_WRITE)
    for base_url in (body.base_url, *(target.base_url for target in body.alternatives)):
        check_base_url(actor, base_url)


def _new_key(body: CreateKeyIn) -> NewKey:
    return NewKey(
        _destination(body),
        body.model,
        models=tuple(body.models),
        name=body.name,
        policy=body.policy,
        block_style=BlockStyle(body.block_style),
        store_bodies=body.store_bodies,
        expires_at=body.expires_at,
        weight=body.weight,
        alternatives=tuple(_new_target(one) for one in body.alternatives),
    )


def _new_target(body: TargetIn) -> NewTarget:
    return NewTarget(_destination(body), body.model, body.weight, body.tier)


def _destination(body: CreateKeyIn | TargetIn) -> Destination:
    key = Secret(body.provider_key.get_secret_value()) if body.provider_key else None
    return Destination(body.provider, key, body.base_url)


def _same(value: Any) -> Any:
    return value
