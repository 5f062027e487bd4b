"""Gateway keys, connections and routes, as the request path sees them."""

from dataclasses import dataclass
from enum import StrEnum


class KeyStatus(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"
    REVOKED = "revoked"


class BlockStyle(StrEnum):
    """How a block reaches the application: HTTP 400, or a 200 whose finish reason is content_filter."""

    ERROR = "error"
    REFUSAL = "refusal"


@dataclass(frozen=True, slots=True)
class Connection:
    """A provider, a base URL and the sealed provider key.

    `sealed_key` is bound to this id and to the origin of `base_url`: it opens for no other
    destination. Empty for providers that need no key.
    """

    id: str
    project: str
    provider: str
    base_url: str
    sealed_key: str
    name: str = ""
    created_at: float = 0.0


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another target of a route. Targets of tier 0 share the load with the route's own by weight;
    higher tiers stand in, in order, when the ones before fail."""

    connection_id: str
    model: str
    weight: int = 1
    tier: int = 1


@dataclass(frozen=True, slots=True)
class Route:
    """Where a gateway key leads.

    `model` is what the provider is asked for. With `models` empty the key is pinned: whatever model
    the application names, `model` is used. With `models` given, the application chooses among them.
    `alternatives` are asked with their own model. `weight` is the share of the route's own target.
    """

    connection_id: str
    model: str
    models: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    weight: int = 1


@dataclass(frozen=True, slots=True)
class GatewayKey:
    """The stored side of a gateway key: its verifier, never the key itself. Times are Unix seconds.

    `verifier` is HMAC-SHA-256 of the whole token under the pepper of `pepper_version`. After a
    rotation `previous_verifier` is good until `previous_until`. A key without a route exists but
    leads nowhere yet (created by /generate-api-key, completed by /register-key).
    """

    kid: str
    project: str
    name: str
    verifier: bytes
    last4: str
    pepper_version: int = 1
    status: KeyStatus = KeyStatus.ACTIVE
    route: Route | None = None
    policy: str | None = None
    block_style: BlockStyle = BlockStyle.ERROR
    store_bodies: bool = False
    created_at: float = 0.0
    expires_at: float | None = None
    previous_verifier: bytes | None = None
    previous_pepper_version: int = 1
    previous_until: float | None = None
    revoked_at: float | None = None
