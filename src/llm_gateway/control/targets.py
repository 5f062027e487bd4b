"""Routes with more than one target: sharing the load, or standing in when the ones before fail."""

from collections.abc import Sequence
from dataclasses import dataclass

from llm_gateway.control import checks
from llm_gateway.control.connections import Destination, connect
from llm_gateway.control.deps import ControlDeps
from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.keys import Alternative, Connection, Route

MOST = 10
HEAVIEST = 1000
HIGHEST_TIER = 10


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A further target, as an operator enters it. Tier 0 shares the load with the key's first target
    by weight; higher tiers stand in, in order."""

    destination: Destination
    model: str
    weight: int = 1
    tier: int = 1


async def connect_route(
    deps: ControlDeps, first: NewTarget, models: tuple[str, ...], others: Sequence[NewTarget]
) -> tuple[Route, list[Connection]]:
    """The route and the new connections that it leads to. Raises BadRequest."""
    if len(others) > MOST:
        raise BadRequest(f"alternatives must have at most {MOST} entries.", param="alternatives")
    model, weight = checks.model(first.model), _within(first.weight, 1, HEAVIEST, "weight")
    for other in others:
        checks.model(other.model, "alternatives")
        _within(other.weight, 1, HEAVIEST, "alternatives")
        _within(other.tier, 0, HIGHEST_TIER, "alternatives")
    own = await connect(deps, first.destination)
    connections = [await connect(deps, other.destination) for other in others]
    alternatives = tuple(
        Alternative(connection.id, checks.model(other.model), other.weight, other.tier)
        for connection, other in zip(connections, others, strict=True)
    )
    return Route(own.id, model, checks.models(models), alternatives, weight), [own, *connections]


def _within(number: int, least: int, most: int, field: str) -> int:
    if not least <= number <= most:
        raise BadRequest(f"{field}: weights and tiers must be {least} to {most}.", param=field)
    return number
