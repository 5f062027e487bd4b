"""Keys and connections as rows, and back."""

from typing import Any

import orjson

from llm_gateway.domain.keys import Alternative, BlockStyle, Connection, GatewayKey, KeyStatus, Route

CONNECTION_COLUMNS = "id, project, provider, base_url, sealed_key, name, created_at"
KEY_COLUMNS = (
    "kid, project, name, verifier, last4, pepper_version, status, connection_id, model, models, policy, "
    "block_style, store_bodies, created_at, expires_at, previous_verifier, previous_pepper_version, "
    "previous_until, revoked_at, alternatives, weight"
)

Row = tuple[Any, ...]


def connection_row(connection: Connection) -> Row:
    return (
        connection.id,
        connection.project,
        connection.provider,
        connection.base_url,
        connection.sealed_key,
        connection.name,
        connection.created_at,
    )


def connection_from(row: Row) -> Connection:
    return Connection(*row)


def key_row(key: GatewayKey) -> Row:
    route = key.route
    return (
        key.kid,
        key.project,
        key.name,
        key.verifier,
        key.last4,
        key.pepper_version,
        key.status.value,
        route.connection_id if route else None,
        route.model if route else None,
        orjson.dumps(route.models).decode() if route else None,
        key.policy,
        key.block_style.value,
        int(key.store_bodies),
        key.created_at,
        key.expires_at,
        key.previous_verifier,
        key.previous_pepper_version,
        key.previous_until,
        key.revoked_at,
        orjson.dumps(route.alternatives).decode() if route and route.alternatives else None,
        route.weight if route else 1,
    )


def key_from(row: Row) -> GatewayKey:
    kid, project, name, verifier, last4, pepper_version, status, connection_id, model, models, *rest = row
    policy, block_style, store_bodies, created_at, expires_at, *history = rest
    previous_verifier, previous_pepper_version, previous_until, revoked_at, alternatives, weight = history
    others = tuple(Alternative(**one) for one in orjson.loads(alternatives)) if alternatives else ()
    route = (
        Route(connection_id, model, tuple(orjson.loads(models)), others, weight) if connection_id else None
    )
    return GatewayKey(
        kid=kid,
        project=project,
        name=name,
        verifier=verifier,
        last4=last4,
        pepper_version=pepper_version,
        status=KeyStatus(status),
        route=route,
        policy=policy,
        block_style=BlockStyle(block_style),
        store_bodies=bool(store_bodies),
        created_at=created_at,
        expires_at=expires_at,
        previous_verifier=previous_verifier,
        previous_pepper_version=previous_pepper_version,
        previous_until=previous_until,
        revoked_at=revoked_at,
    )
