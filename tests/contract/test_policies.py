"""Policy stores: versions never change, and what holds is in the snapshot."""

from dataclasses import replace

import pytest

from llm_gateway.domain.errors import Conflict
from llm_gateway.domain.policies import EVERYWHERE, LivePolicy, PolicyState, PolicyVersion
from tests.contract.conftest import Stores
from tests.support.values import NOW, an_event

DRAFT = PolicyVersion("default", "strict", 0, "v1", "name: strict", "maria", NOW)
SECOND = replace(DRAFT, version="v2", document="name: strict\nrules: []")
FRESH = PolicyState("default", "strict")
ACTIVE = replace(FRESH, active=1)


def test_versions_are_numbered_and_kept(stores: Stores) -> None:
    """The same document is the same version; another is the next number."""
    first = stores.policies.add(an_event("aud_1"), DRAFT)
    again = stores.policies.add(an_event("aud_2"), replace(DRAFT, author="eve"))
    second = stores.policies.add(an_event("aud_3"), SECOND)

    assert (first.number, again, second.number) == (1, first, 2)
    assert stores.policies.versions("default", "strict") == [second, first]
    assert stores.policies.versions("default", "other") == []
    assert [event.id for event in stores.audit.list()] == ["aud_3", "aud_1"]


def test_a_draft_holds_for_nobody(stores: Stores) -> None:
    """Saving changes no snapshot."""
    stores.policies.add(an_event(), DRAFT)

    assert stores.policies.state("default", "strict") == FRESH
    assert stores.policies.states("default") == [FRESH]
    assert stores.policies.state("default", "other") is None
    assert not stores.keys.snapshot().policies.policies


def test_what_holds_is_in_the_snapshot_and_moves_its_number(stores: Stores) -> None:
    """Activation and attachment reach whoever follows changes."""
    before = stores.keys.snapshot()
    first = stores.policies.add(an_event("aud_1"), DRAFT)
    seq = stores.policies.set_state(an_event("aud_2"), ACTIVE, replaces=FRESH, attach=("default", EVERYWHERE))
    after = stores.keys.snapshot(before)

    assert after.seq == seq > before.seq
    assert after.policies.policies == {("default", "strict"): LivePolicy(first)}
    assert after.policies.attached == {"default": ("default", "strict"), EVERYWHERE: ("default", "strict")}
    assert stores.keys.snapshot().policies == after.policies


def test_a_snapshot_without_changes_of_policies_keeps_them(stores: Stores) -> None:
    """Other changes do not read all documents again."""
    stores.policies.add(an_event("aud_1"), DRAFT)
    stores.policies.set_state(an_event("aud_2"), ACTIVE, replaces=FRESH)
    known = stores.keys.snapshot()
    stores.keys.save(an_event("aud_3"))

    assert stores.keys.snapshot(known).policies is known.policies


def test_detaching_frees_only_ones_own_scopes(stores: Stores) -> None:
    """Another policy's attachment stays."""
    other = replace(DRAFT, name="other", document="name: other")
    stores.policies.add(an_event("aud_1"), DRAFT)
    stores.policies.add(an_event("aud_2"), other)
    stores.policies.set_state(an_event("aud_3"), ACTIVE, replaces=FRESH, attach=("default",))
    state = PolicyState("default", "other")
    stores.policies.set_state(an_event("aud_4"), state, replaces=state, detach=("default",))

    assert stores.policies.attachments() == {"default": ("default", "strict")}


def test_a_stale_change_is_refused(stores: Stores) -> None:
    """Of two operators who act at once, the second reads again."""
    stores.policies.add(an_event("aud_1"), DRAFT)
    stores.policies.set_state(an_event("aud_2"), ACTIVE, replaces=FRESH)

    with pytest.raises(Conflict):
        stores.policies.set_state(an_event("aud_3"), replace(FRESH, active=2), replaces=FRESH)
