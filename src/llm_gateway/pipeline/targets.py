"""Where a gateway key leads: connections, and the model asked for at each."""

from collections.abc import Sequence
from dataclasses import dataclass

from llm_gateway.domain.errors import BadRequest, NotFound
from llm_gateway.domain.keys import Connection, GatewayKey, Route
from llm_gateway.ports.directory import Snapshot


@dataclass(frozen=True, slots=True)
class Target:
    """Where one attempt goes. Lower tiers first; within a tier the weights say how often."""

    connection: Connection
    model: str
    weight: int = 1
    tier: int = 0


def route_of(key: GatewayKey, snapshot: Snapshot) -> tuple[Route, Connection]:
    """The key's route and its own connection. Raises BadRequest for a key that leads nowhere yet."""
    connection = snapshot.connections.get(key.route.connection_id) if key.route else None
    if key.route is None or connection is None:
        raise BadRequest(
            "This gateway key leads to no provider yet; connect it with POST /register-key.",
            code="key_without_route",
        )
    return key.route, connection


def targets_of(route: Route, own: Connection, model: str, snapshot: Snapshot) -> Sequence[Target]:
    """Every target of a route, the key's own first. `model` is what that one is asked for."""
    first = Target(own, model, route.weight, 0)
    if not route.alternatives:
        return (first,)
    known = snapshot.connections
    others = [
        Target(known[other.connection_id], other.model, other.weight, other.tier)
        for other in route.alternatives
        if other.connection_id in known
    ]
    return (first, *others)


def model_for(route: Route, requested: str) -> str:
    """The model the provider is asked for. Raises NotFound when the key does not allow the requested one."""
    return allowed_model(route.models, requested) if route.models else route.model


def allowed_model(names: Sequence[str], requested: str) -> str:
    """The requested model. Raises NotFound with the names that the key allows."""
    if requested not in names:
        allowed = ", ".join(names[:10])
        raise NotFound(
            f"This gateway key does not lead to the model you asked for. It allows: {allowed}.",
            code="model_not_found",
            param="model",
        )
    return requested
