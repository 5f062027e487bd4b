"""What every key store promises."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from llm_gateway.domain.errors import Conflict
from llm_gateway.domain.keys import Alternative, BlockStyle, GatewayKey, KeyStatus
from llm_gateway.ports.directory import Snapshot
from tests.contract.conftest import Stores
from tests.support.values import NOW, a_connection, a_key, a_route, an_event

HOSTILE = ["'; DROP TABLE keys; --", '"', "%", "_", "a\x00b", "\n", "é" * 300, "' OR 1=1", "\U0001f511"]


def test_a_new_store_is_empty(stores: Stores) -> None:
    """Before the first change there is nothing, and the change number is 0."""
    assert stores.keys.snapshot() == Snapshot()
    assert stores.keys.seq() == 0
    assert stores.keys.key("aaaaaaaaaaaa") is None
    assert stores.keys.connection("con_1") is None
    assert not stores.keys.keys()
    assert not stores.keys.connections()


def test_a_full_key_comes_back_as_it_was(stores: Stores) -> None:
    """Every field of a key and its connection survives."""
    key = a_key(
        route=a_route(),
        status=KeyStatus.DISABLED,
        policy="strict",
        block_style=BlockStyle.REFUSAL,
        store_bodies=True,
        pepper_version=3,
        expires_at=NOW + 1.25,
        previous_verifier=b"\x00\xff" * 16,
        previous_pepper_version=2,
        previous_until=NOW + 0.5,
    )
    stores.keys.save(an_event(), key=key, connections=[a_connection()])

    assert stores.keys.key(key.kid) == key
    assert stores.keys.connection("con_1") == a_connection()
    assert list(stores.keys.connections()) == [a_connection()]


def test_a_bare_key_comes_back_as_it_was(stores: Stores) -> None:
    """A key without a route is kept as one without a route."""
    stores.keys.save(an_event(), key=a_key())

    assert stores.keys.key("aaaaaaaaaaaa") == a_key()


def test_changes_are_numbered_upwards(stores: Stores) -> None:
    """Each save gives a higher number, which `seq` and the snapshot then show."""
    first = stores.keys.save(an_event("aud_1"), key=a_key())
    second = stores.keys.save(an_event("aud_2"), key=a_key(name="new"), replaces=a_key())

    assert 0 < first < second == stores.keys.seq() == stores.keys.snapshot().seq


def test_the_event_is_committed_with_the_change(stores: Stores) -> None:
    """What was done is in the audit log as soon as it is done."""
    event = an_event(before={"name": "a"}, after={"name": "b", "models": ["x"], "expires_at": None})
    stores.keys.save(event, key=a_key())

    assert list(stores.audit.list()) == [event]


def test_a_refused_change_leaves_nothing(stores: Stores) -> None:
    """When a change is refused, neither rows nor event nor number are kept."""
    stores.keys.save(an_event("aud_1"), key=a_key())
    seq = stores.keys.seq()

    with pytest.raises(Conflict):
        stores.keys.save(an_event("aud_2"), key=a_key(name="other"), connections=[a_connection()])
    assert stores.keys.seq() == seq
    assert stores.keys.connection("con_1") is None
    assert [event.id for event in stores.audit.list()] == ["aud_1"]


def test_a_stale_change_is_refused(stores: Stores) -> None:
    """A change made from an older row would undo the newer one."""
    old = a_key()
    stores.keys.save(an_event("aud_1"), key=old)
    rotated = replace(old, verifier=b"\x02" * 32)
    stores.keys.save(an_event("aud_2"), key=rotated, replaces=old)

    with pytest.raises(Conflict) as caught:
        stores.keys.save(an_event("aud_3"), key=replace(old, name="renamed"), replaces=old)
    assert caught.value.code == "key_changed"
    assert stores.keys.key(old.kid) == rotated


def test_a_new_key_replaces_nothing(stores: Stores) -> None:
    """Two keys with the same id cannot both be created."""
    stores.keys.save(an_event("aud_1"), key=a_key())

    with pytest.raises(Conflict):
        stores.keys.save(an_event("aud_2"), key=a_key())


@pytest.mark.parametrize("status", list(KeyStatus))
def test_a_revoked_key_never_changes(stores: Stores, status: KeyStatus) -> None:
    """Revocation is final, whoever writes from whatever row."""
    revoked = a_key(status=KeyStatus.REVOKED, revoked_at=NOW)
    stores.keys.save(an_event("aud_1"), key=revoked)

    for replaces in (None, revoked, a_key()):
        with pytest.raises(Conflict) as caught:
            stores.keys.save(an_event("aud_2"), key=replace(revoked, status=status), replaces=replaces)
        assert caught.value.code == "key_revoked"
    assert stores.keys.key(revoked.kid) == revoked


def test_of_two_simultaneous_changes_one_wins(stores: Stores) -> None:
    """Twenty writers from the same row: one succeeds, the others hear of it."""
    start = a_key()
    stores.keys.save(an_event("aud_start"), key=start)

    def rename(number: int) -> bool:
        try:
            stores.keys.save(an_event(f"aud_{number}"), key=replace(start, name=str(number)), replaces=start)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(rename, range(20))) == 1


def test_a_snapshot_holds_everything(stores: Stores) -> None:
    """Keys of every status are in it: a revoked key must be known to be refused."""
    keys = [a_key(f"{number:012}", status=status) for number, status in enumerate(KeyStatus)]
    for key in keys:
        stores.keys.save(an_event(f"aud_{key.kid}"), key=key)
    stores.keys.save(an_event(), connections=[a_connection()])

    snapshot = stores.keys.snapshot()
    assert snapshot.keys == {key.kid: key for key in keys}
    assert snapshot.connections == {"con_1": a_connection()}


def test_a_later_snapshot_equals_a_full_one(stores: Stores) -> None:
    """Catching up from an older snapshot gives what reading everything gives; the old one stays."""
    one, two = a_key("1" * 12), a_key("2" * 12)
    stores.keys.save(an_event("aud_1"), key=one)
    stores.keys.save(an_event("aud_2"), key=two, connections=[a_connection()])
    old = stores.keys.snapshot()
    stores.keys.save(an_event("aud_3"), key=replace(one, status=KeyStatus.REVOKED), replaces=one)
    stores.keys.save(an_event("aud_4"), key=a_key("3" * 12), connections=[a_connection(sealed_key="other")])

    assert stores.keys.snapshot(old) == stores.keys.snapshot()
    assert old.keys == {one.kid: one, two.kid: two}


def test_pages_cover_all_keys_once(stores: Stores) -> None:
    """Paging newest first visits every key once, also when several have the same time."""
    keys = [a_key(f"{number:012}", created_at=NOW + number // 3) for number in range(10)]
    for key in keys:
        stores.keys.save(an_event(f"aud_{key.kid}"), key=key)

    pages: list[GatewayKey] = []
    while page := stores.keys.keys(limit=4, after=pages[-1].kid if pages else None):
        pages += page
    assert pages == sorted(keys, key=lambda key: (key.created_at, key.kid), reverse=True)


def test_a_page_after_an_unknown_key_is_empty(stores: Stores) -> None:
    """A cursor that names no key gives nothing rather than everything."""
    stores.keys.save(an_event(), key=a_key())

    assert list(stores.keys.keys(after="zzzzzzzzzzzz")) == []


def test_forget_erases_the_sealed_key(stores: Stores) -> None:
    """Once no living key leads to a connection, its provider key is gone, its address stays."""
    key = a_key(route=a_route())
    stores.keys.save(an_event("aud_1"), key=key, connections=[a_connection()])
    revoked = replace(key, status=KeyStatus.REVOKED)
    stores.keys.save(an_event("aud_2"), key=revoked, replaces=key, forget=["con_1"])

    assert stores.keys.connection("con_1") == a_connection(sealed_key="")


def test_forget_spares_what_others_need(stores: Stores) -> None:
    """While another living key leads to the connection, its provider key stays."""
    one, two = a_key("1" * 12, route=a_route()), a_key("2" * 12, route=a_route())
    stores.keys.save(an_event("aud_1"), key=one, connections=[a_connection()])
    stores.keys.save(an_event("aud_2"), key=two)
    stores.keys.save(an_event("aud_3"), key=replace(one, route=None), replaces=one, forget=["con_1"])

    assert stores.keys.connection("con_1") == a_connection()


def test_a_route_with_alternatives_comes_back_as_it_was(stores: Stores) -> None:
    """Further targets keep their order, weights and tiers."""
    others = (Alternative("con_2", "grok-4.7", weight=3, tier=0), Alternative("con_1", "gpt-5.4-mini"))
    key = a_key(route=replace(a_route(), alternatives=others, weight=7))
    stores.keys.save(an_event("aud_1"), connections=[a_connection("con_2")])
    stores.keys.save(an_event("aud_2"), key=key, connections=[a_connection()])

    assert stores.keys.key(key.kid) == key


def test_forget_spares_what_others_fall_back_to(stores: Stores) -> None:
    """A connection that stands in for another key's keeps its provider key, until that is revoked."""
    route = replace(a_route("con_2"), alternatives=(Alternative("con_1", "gpt-5.5"),))
    one, two = a_key("1" * 12, route=a_route()), a_key("2" * 12, route=route)
    stores.keys.save(an_event("aud_1"), key=one, connections=[a_connection()])
    stores.keys.save(an_event("aud_2"), key=two, connections=[a_connection("con_2")])
    stores.keys.save(an_event("aud_3"), key=replace(one, route=None), replaces=one, forget=["con_1"])
    assert stores.keys.connection("con_1") == a_connection()

    revoked = replace(two, status=KeyStatus.REVOKED)
    stores.keys.save(an_event("aud_4"), key=revoked, replaces=two, forget=["con_1", "con_2"])
    assert {one.sealed_key for one in stores.keys.connections()} == {""}


def test_forgetting_is_a_change_that_gateways_see(stores: Stores) -> None:
    """A snapshot caught up after the erasure no longer holds the sealed key."""
    key = a_key(route=a_route())
    stores.keys.save(an_event("aud_1"), key=key, connections=[a_connection()])
    old = stores.keys.snapshot()
    stores.keys.save(an_event("aud_2"), key=replace(key, route=None), replaces=key, forget=["con_1"])

    assert stores.keys.snapshot(old).connections["con_1"].sealed_key == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_data(stores: Stores, text: str) -> None:
    """Whatever stands in a text, it is kept as it is and does nothing else."""
    key = a_key(text, name=text, policy=text, route=replace(a_route(), model=text, models=(text,)))
    stores.keys.save(an_event(text, target=text), key=key, connections=[a_connection(name=text)])

    assert stores.keys.key(text) == key
    assert list(stores.keys.keys(after=text)) == []
    assert stores.keys.connection(text) is None


def test_another_process_sees_changes(
    stores: Stores, opened: Callable[[], AbstractContextManager[Stores]]
) -> None:
    """A change made through another opening is visible at once, number and all."""
    with opened() as other:
        seq = other.keys.save(an_event(), key=a_key())

    assert stores.keys.seq() == seq
    assert stores.keys.key("aaaaaaaaaaaa") == a_key()


def test_a_reopened_store_keeps_everything(
    opened: Callable[[], AbstractContextManager[Stores]],
) -> None:
    """Closing and opening loses nothing and repeats no number."""
    with opened() as first:
        seq = first.keys.save(an_event("aud_1"), key=a_key())
    with opened() as second:
        assert second.keys.key("aaaaaaaaaaaa") == a_key()
        assert second.keys.save(an_event("aud_2"), key=a_key("b" * 12)) > seq
