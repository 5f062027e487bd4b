from dataclasses import asdict, replace
from typing import Any

import pytest

from llm_gateway.control import KeyChanges, Keys
from llm_gateway.control.views import KeyView
from llm_gateway.domain.errors import BadRequest, Conflict, NotFound, Unavailable
from llm_gateway.domain.keys import BlockStyle, GatewayKey, KeyStatus
from llm_gateway.domain.tokens import parse
from llm_gateway.domain.verification import is_token_of
from llm_gateway.ports.directory import Snapshot
from llm_gateway.stores.sqlite import SqliteKeyStore
from tests.support.control import CANARY, MARIA, Office, new_key
from tests.support.values import NOW


def stored(desk: Office, kid: str) -> GatewayKey:
    key = desk.store.key(kid)
    assert key is not None
    return key


def fits(desk: Office, kid: str, token: str) -> bool:
    return is_token_of(
        stored(desk, kid), lambda version: desk.deps.vault.verifier(token, version), desk.clock.now()
    )


async def test_created_key_leads_to_its_provider(desk: Office) -> None:
    """A new key has a token that fits, a route, and a connection whose sealed key opens."""
    issued = await desk.keys.create(MARIA, new_key(name="checkout", models=("a", "b", "a")))
    key = stored(desk, issued.key.kid)

    assert parse(issued.token.reveal()) == key.kid
    assert fits(desk, key.kid, issued.token.reveal())
    assert key.route is not None
    assert (key.route.model, key.route.models) == ("gpt-5.5", ("a", "b"))
    connection = desk.store.connection(key.route.connection_id)
    assert connection is not None
    assert desk.deps.vault.open(connection).reveal() == CANARY
    assert issued.key.usable
    assert issued.key.provider == "openai"


async def test_nothing_secret_is_shown_or_stored(desk: Office) -> None:
    """Neither the token nor the provider key is in a view, an audit event or a file."""
    issued = await desk.keys.create(MARIA, new_key())
    secret = issued.token.reveal().split("_")[3]
    shown = f"{issued} {asdict(issued.key)} {desk.audit.list()}"
    files = b"".join(path.read_bytes() for path in desk.directory.iterdir())

    assert CANARY not in shown
    assert secret not in shown
    assert CANARY.encode() not in files
    assert secret.encode() not in files


async def test_creation_waits_until_it_is_served(desk: Office) -> None:
    """When the key is handed out, requests with it are already answered."""
    await desk.keys.create(MARIA, new_key())

    assert desk.follower.seen == [desk.store.seq()]


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"provider": "nobody"}, "provider"),
        ({"provider": "'; DROP TABLE keys; --"}, "provider"),
        ({"model": " "}, "model"),
        ({"model": "a\x00b"}, "model"),
        ({"model": "m" * 201}, "model"),
        ({"models": ("ok", "a\nb")}, "models"),
        ({"models": tuple(map(str, range(101)))}, "models"),
        ({"name": "n" * 201}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"policy": ""}, "policy"),
        ({"key": None}, "provider_key"),
        ({"key": ""}, "provider_key"),
        ({"key": "sk with space"}, "provider_key"),
        ({"key": "sk-\r\nX-Evil: 1"}, "provider_key"),
        ({"key": "sk-ключ"}, "provider_key"),
        ({"key": "k" * 4097}, "provider_key"),
        ({"expires_at": NOW}, "expires_at"),
        ({"expires_at": float("nan")}, "expires_at"),
        ({"expires_at": float("inf")}, "expires_at"),
    ],
)
async def test_bad_input_is_refused(desk: Office, fields: dict[str, Any], param: str) -> None:
    """Each mistake names its field, repeats no value, and leaves nothing behind."""
    with pytest.raises(BadRequest) as caught:
        await desk.keys.create(MARIA, new_key(**fields))

    assert caught.value.param == param
    assert CANARY not in caught.value.message
    assert desk.store.snapshot() == Snapshot()
    assert desk.actions() == []


async def test_an_update_changes_what_was_given(desk: Office) -> None:
    """Named fields change, the others stay, and the event tells both states of the changed ones."""
    kid = (await desk.keys.create(MARIA, new_key(name="old", models=("a",)))).key.kid
    desk.clock.move(1)
    changes = {"name": "new", "model": "x", "block_style": BlockStyle.REFUSAL, "expires_at": NOW + 99}
    seen = await desk.keys.update(MARIA, kid, KeyChanges(changes))

    assert (seen.name, seen.model, seen.models, seen.block_style) == ("new", "x", ("a",), "refusal")
    event = desk.audit.list(limit=1)[0]
    assert event.action == "key.update"
    assert event.before == {"name": "old", "model": "gpt-5.5", "block_style": "error", "expires_at": None}
    assert event.after == {"name": "new", "model": "x", "block_style": "refusal", "expires_at": NOW + 99}


@pytest.mark.parametrize(
    "field", ["verifier", "kid", "project", "route", "created_at", "provider", "__class__"]
)
async def test_other_fields_cannot_be_changed(desk: Office, field: str) -> None:
    """Only what an operator may change can be named."""
    kid = (await desk.keys.create(MARIA, new_key())).key.kid

    with pytest.raises(BadRequest, match="cannot be changed"):
        await desk.keys.update(MARIA, kid, KeyChanges({field: "x"}))


async def test_an_update_does_not_revoke(desk: Office) -> None:
    """Revoking is an act of its own, so that it is never a side effect."""
    kid = (await desk.keys.create(MARIA, new_key())).key.kid

    with pytest.raises(BadRequest, match="revoke"):
        await desk.keys.update(MARIA, kid, KeyChanges({"status": KeyStatus.REVOKED}))


async def test_a_key_without_a_route_has_no_model(desk: Office) -> None:
    """A model can be changed only where there is one."""
    kid = (await desk.keys.create_unrouted(MARIA)).key.kid

    with pytest.raises(Conflict, match="register it first"):
        await desk.keys.update(MARIA, kid, KeyChanges({"model": "x"}))


async def test_disabled_keys_can_be_enabled(desk: Office) -> None:
    """Disabling is reversible."""
    kid = (await desk.keys.create(MARIA, new_key())).key.kid

    assert not (await desk.keys.update(MARIA, kid, KeyChanges({"status": KeyStatus.DISABLED}))).usable
    assert (await desk.keys.update(MARIA, kid, KeyChanges({"status": KeyStatus.ACTIVE}))).usable


async def test_rotation_with_grace(desk: Office) -> None:
    """Both tokens fit until the grace ends, then the new one alone."""
    old = await desk.keys.create(MARIA, new_key())
    new = await desk.keys.rotate(MARIA, old.key.kid, grace=3600)
    kid = old.key.kid

    assert new.token != old.token
    assert fits(desk, kid, old.token.reveal())
    assert new.key.previous_until == NOW + 3600
    desk.clock.move(3600)
    assert not fits(desk, kid, old.token.reveal())
    assert fits(desk, kid, new.token.reveal())
    assert (await desk.keys.show(kid)).previous_until is None


async def test_rotation_without_grace(desk: Office) -> None:
    """Without grace the old token is dead at once."""
    old = await desk.keys.create(MARIA, new_key())
    new = await desk.keys.rotate(MARIA, old.key.kid)

    assert not fits(desk, old.key.kid, old.token.reveal())
    assert fits(desk, old.key.kid, new.token.reveal())


@pytest.mark.parametrize("grace", [-1, 31 * 86_400, float("nan"), float("inf")])
async def test_rotation_refuses_odd_graces(desk: Office, grace: float) -> None:
    """A grace is between nothing and 30 days."""
    kid = (await desk.keys.create(MARIA, new_key())).key.kid

    with pytest.raises(BadRequest, match="30 days"):
        await desk.keys.rotate(MARIA, kid, grace=grace)


async def test_revocation_is_final(desk: Office) -> None:
    """A revoked key takes no change, its tokens are no longer usable, its provider key is erased."""
    issued = await desk.keys.create(MARIA, new_key())
    await desk.keys.rotate(MARIA, issued.key.kid, grace=3600)
    seen = await desk.keys.revoke(MARIA, issued.key.kid)
    key = stored(desk, seen.kid)

    assert seen.status is KeyStatus.REVOKED
    assert seen.revoked_at == NOW
    assert not fits(desk, seen.kid, issued.token.reveal())
    assert key.route is not None
    connection = desk.store.connection(key.route.connection_id)
    assert connection is not None
    assert connection.sealed_key == ""
    with pytest.raises(Conflict, match="final"):
        await desk.keys.rotate(MARIA, seen.kid)
    with pytest.raises(Conflict, match="final"):
        await desk.keys.update(MARIA, seen.kid, KeyChanges({"status": KeyStatus.ACTIVE}))


async def test_revoking_twice_is_once(desk: Office) -> None:
    """The second revocation changes nothing and is no event."""
    kid = (await desk.keys.create(MARIA, new_key())).key.kid
    first = await desk.keys.revoke(MARIA, kid)
    desk.clock.move(5)

    assert await desk.keys.revoke(MARIA, kid) == first
    assert sorted(desk.actions()) == ["key.create", "key.revoke"]


@pytest.mark.parametrize(
    "kid", ["", "zzzzzzzzzzzz", "' OR 1=1 --", "a" * 100_000, "\x00" * 12, "\ud800" * 12]
)
async def test_unknown_keys(desk: Office, kid: str) -> None:
    """Every act on an id that names no key says the same, whatever the id looks like."""
    for act in (
        desk.keys.show(kid),
        desk.keys.update(MARIA, kid, KeyChanges({})),
        desk.keys.rotate(MARIA, kid),
        desk.keys.revoke(MARIA, kid),
    ):
        with pytest.raises(NotFound) as caught:
            await act
        assert caught.value.code == "key_not_found"


async def test_lists_are_paged(desk: Office) -> None:
    """Every key is on exactly one page, newest first."""
    created = []
    for _ in range(5):
        created.append((await desk.keys.create_unrouted(MARIA)).key)
        desk.clock.move(1)

    seen: list[KeyView] = []
    while page := await desk.keys.list(limit=2, after=seen[-1].kid if seen else None):
        seen += page
    assert [key.kid for key in seen] == [key.kid for key in created[::-1]]


@pytest.mark.parametrize(("limit", "after"), [(0, None), (201, None), (-1, None), (10, "' OR 1=1")])
async def test_lists_have_limits(desk: Office, limit: int, after: str | None) -> None:
    """A page is never unbounded, and a cursor is a key id."""
    with pytest.raises(BadRequest):
        await desk.keys.list(limit=limit, after=after)


class Contested(SqliteKeyStore):
    """A store in which somebody else changes the key just before each of the first saves."""

    def __init__(self, desk: Office, times: int) -> None:
        super().__init__(desk.store._database)
        self.times = times

    def save(self, event: Any, **rows: Any) -> int:
        if self.times and rows.get("replaces"):
            self.times -= 1
            before = rows["replaces"]
            meddled = replace(before, policy=f"other-{self.times}")
            super().save(replace(event, id=f"{event.id}x"), key=meddled, replaces=before)
        return super().save(event, **rows)


async def test_a_change_in_between_is_not_lost(desk: Office) -> None:
    """When somebody else changed the key meanwhile, both changes hold."""
    kid = (await desk.keys.create(MARIA, new_key())).key.kid
    keys = Keys(replace(desk.deps, store=Contested(desk, 2)))
    await keys.update(MARIA, kid, KeyChanges({"name": "mine"}))

    assert (stored(desk, kid).name, stored(desk, kid).policy) == ("mine", "other-0")


async def test_endless_contention_is_told(desk: Office) -> None:
    """After three lost races the caller hears of it."""
    kid = (await desk.keys.create(MARIA, new_key())).key.kid
    keys = Keys(replace(desk.deps, store=Contested(desk, 9)))

    with pytest.raises(Conflict, match="read it again"):
        await keys.update(MARIA, kid, KeyChanges({"name": "mine"}))


class Away(SqliteKeyStore):
    """A store that cannot write."""

    def save(self, event: Any, **rows: Any) -> int:
        raise Unavailable("the store is away")


async def test_a_store_that_is_away(desk: Office) -> None:
    """No key is handed out that was not stored."""
    keys = Keys(replace(desk.deps, store=Away(desk.store._database)))

    with pytest.raises(Unavailable):
        await keys.create(MARIA, new_key())
