"""Keys as operators see them, and as audit events keep them: everything but the secrets."""

from dataclasses import asdict, dataclass

from llm_gateway.domain.keys import Connection, GatewayKey, KeyStatus


@dataclass(frozen=True, slots=True)
class KeyView:
    """A gateway key without its verifier. Times are Unix seconds. `usable` says whether it is accepted
    now: active, not expired, leading somewhere."""

    kid: str
    name: str
    last4: str
    status: KeyStatus
    usable: bool
    provider: str | None
    base_url: str | None
    model: str | None
    models: tuple[str, ...]
    policy: str | None
    block_style: str
    store_bodies: bool
    created_at: float
    expires_at: float | None
    previous_until: float | None
    revoked_at: float | None


def view(key: GatewayKey, connection: Connection | None, now: float) -> KeyView:
    route = key.route
    expired = key.expires_at is not None and now >= key.expires_at
    grace = key.previous_until if key.previous_until is not None and key.previous_until > now else None
    return KeyView(
        kid=key.kid,
        name=key.name,
        last4=key.last4,
        status=key.status,
        usable=key.status is KeyStatus.ACTIVE and not expired and route is not None,
        provider=connection.provider if connection else None,
        base_url=connection.base_url if connection else None,
        model=route.model if route else None,
        models=route.models if route else (),
        policy=key.policy,
        block_style=key.block_style.value,
        store_bodies=key.store_bodies,
        created_at=key.created_at,
        expires_at=key.expires_at,
        previous_until=grace,
        revoked_at=key.revoked_at,
    )


def changed(before: KeyView, after: KeyView) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that differ, as they were and as they are."""
    old, new = asdict(before), asdict(after)
    names = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}
