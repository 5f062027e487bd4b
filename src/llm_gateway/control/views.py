"""Keys as operators see them, and as audit events keep them: everything but the secrets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from llm_gateway.domain.keys import Connection, GatewayKey, KeyStatus, Route


@dataclass(frozen=True, slots=True)
class TargetView:
    """A further target of a key; see domain.keys.Alternative."""

    provider: str
    base_url: str
    model: str
    weight: int
    tier: int


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
    weight: int
    alternatives: tuple[TargetView, ...]


def view(key: GatewayKey, connections: Mapping[str, Connection], now: float) -> KeyView:
    """`connections` holds those that the key leads to, by id."""
    route = key.route
    connection = connections.get(route.connection_id) if route else None
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
        weight=route.weight if route else 1,
        alternatives=_alternatives(route, connections),
    )


def _alternatives(route: Route | None, connections: Mapping[str, Connection]) -> tuple[TargetView, ...]:
    return tuple(
        TargetView(found.provider, found.base_url, other.model, other.weight, other.tier)
        for other in (route.alternatives if route else ())
        if (found := connections.get(other.connection_id)) is not None
    )


def changed(before: KeyView, after: KeyView) -> tuple[dict[str, object], dict[str, object]]:
    """The fields that differ, as they were and as they are."""
    old, new = asdict(before), asdict(after)
    names = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}
