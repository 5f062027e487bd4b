import pytest

from llm_gateway.control import Destination, KeyChanges, NewTarget
from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.secret import Secret
from llm_gateway.ports.directory import Snapshot
from tests.support.control import CANARY, MARIA, Office, new_key
from tests.support.values import NOW

GROK = NewTarget(Destination("xai", Secret("xai-canary")), "grok-4.7", weight=3, tier=0)
OWN = NewTarget(
    Destination("openai_compatible", Secret("own-canary"), "https://llm.example/v1"), "llama-4", tier=2
)


async def test_a_key_with_several_targets(desk: Office) -> None:
    """Each target gets a connection of its own, in the given order, with its own sealed key."""
    issued = await desk.keys.create(MARIA, new_key(weight=7, alternatives=(GROK, OWN)))
    snapshot = desk.store.snapshot()
    route = snapshot.keys[issued.key.kid].route
    assert route is not None
    ids = [route.connection_id, *(other.connection_id for other in route.alternatives)]
    opened = [desk.deps.vault.open(snapshot.connections[one]).reveal() for one in ids]

    assert opened == [CANARY, "xai-canary", "own-canary"]
    assert route.weight == 7
    assert [(one.model, one.weight, one.tier) for one in route.alternatives] == [
        ("grok-4.7", 3, 0),
        ("llama-4", 1, 2),
    ]


async def test_targets_are_shown_without_their_keys(desk: Office) -> None:
    """A key tells where it leads besides, and nothing secret."""
    issued = await desk.keys.create(MARIA, new_key(alternatives=(GROK, OWN)))
    shown = await desk.keys.show(issued.key.kid)

    assert shown == issued.key
    assert [(one.provider, one.base_url) for one in shown.alternatives] == [
        ("xai", "https://api.x.ai/v1"),
        ("openai_compatible", "https://llm.example/v1"),
    ]
    assert "canary" not in f"{shown} {desk.audit.list()}"


async def test_changing_the_model_keeps_the_alternatives(desk: Office) -> None:
    """An update of the first target leaves the others as they are."""
    created = (await desk.keys.create(MARIA, new_key(weight=7, alternatives=(GROK,)))).key
    changed = await desk.keys.update(MARIA, created.kid, KeyChanges({"model": "gpt-5.4-mini"}))

    assert changed.model == "gpt-5.4-mini"
    assert (changed.alternatives, changed.weight) == (created.alternatives, 7)


async def test_revoking_erases_all_provider_keys(desk: Office) -> None:
    """With the gateway key all provider keys that came with it go."""
    kid = (await desk.keys.create(MARIA, new_key(alternatives=(GROK, OWN)))).key.kid
    await desk.keys.revoke(MARIA, kid)

    assert {connection.sealed_key for connection in desk.store.connections()} == {""}


async def test_registering_replaces_all_targets(desk: Office) -> None:
    """A registered key leads to the registered place only."""
    issued = await desk.keys.create(MARIA, new_key(alternatives=(GROK,)))
    seen = await desk.registration.register(
        MARIA, issued.token, Destination("mistral", Secret("m-key")), "mistral-large-4"
    )

    assert (seen.provider, seen.alternatives) == ("mistral", ())
    sealed = [connection.provider for connection in desk.store.connections() if connection.sealed_key]
    assert sealed == ["mistral"]


@pytest.mark.parametrize(
    ("alternatives", "param"),
    [
        ((GROK,) * 11, "alternatives"),
        ((NewTarget(GROK.destination, " "),), "alternatives"),
        ((NewTarget(GROK.destination, "m", weight=0),), "alternatives"),
        ((NewTarget(GROK.destination, "m", weight=1001),), "alternatives"),
        ((NewTarget(GROK.destination, "m", tier=-1),), "alternatives"),
        ((NewTarget(GROK.destination, "m", tier=11),), "alternatives"),
        ((NewTarget(Destination("nobody"), "m"),), "provider"),
        ((NewTarget(Destination("xai"), "m"),), "provider_key"),
        (
            (NewTarget(Destination("openai_compatible", None, "https://private.example/v1"), "m"),),
            "base_url",
        ),
    ],
)
async def test_a_bad_target_makes_no_key(
    desk: Office, alternatives: tuple[NewTarget, ...], param: str
) -> None:
    """One wrong target refuses the whole key."""
    with pytest.raises(BadRequest) as caught:
        await desk.keys.create(MARIA, new_key(alternatives=alternatives))

    assert caught.value.param == param
    assert desk.store.snapshot() == Snapshot()


@pytest.mark.parametrize("weight", [0, -1, 1001])
async def test_the_own_weight_has_limits_too(desk: Office, weight: int) -> None:
    """The first target's share is checked like the others'."""
    with pytest.raises(BadRequest) as caught:
        await desk.keys.create(MARIA, new_key(weight=weight, expires_at=NOW + 60))

    assert caught.value.param == "weight"
