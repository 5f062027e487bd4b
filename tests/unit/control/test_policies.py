"""The life of a policy, act by act, with a workbench that says yes or no."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from llm_gateway.control import Policies
from llm_gateway.control.workbench import Tried
from llm_gateway.domain.errors import BadRequest, Conflict, NotFound
from llm_gateway.policy import Policy, PolicyError, parse_policy
from llm_gateway.stores.sqlite import Database, SqlitePolicyStore
from tests.support.control import MARIA, Office, new_key, office

FIRST = "name: desk\nexamples: [{text: x, expect: allow}]\n"
SECOND = FIRST + "description: another\n"


@dataclass
class Bench:
    """Reads policies; `verdict` is what every example gets, `lacks` a word this build cannot do."""

    verdict: str = "allow"
    lacks: str = "impossible"
    default: Policy = field(default_factory=lambda: parse_policy("name: default"))

    def read(self, text: str) -> Policy:
        if self.lacks in text:
            raise PolicyError("line 1: this build has not")
        return parse_policy(text)

    def test(self, policy: Policy) -> Sequence[Tried]:
        return [Tried(example, self.verdict, None) for example in policy.examples]

    def milliseconds(self, policy: Policy) -> float:
        return 1.0


@dataclass
class Room:
    """The use cases, with what they work with."""

    office: Office
    bench: Bench
    policies: Policies

    async def save(self, text: str = FIRST) -> int:
        return (await self.policies.save(MARIA, text)).number


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with office(tmp_path) as place:
        database = Database(tmp_path / "gateway.db")
        bench = Bench()
        yield Room(place, bench, Policies(place.deps, SqlitePolicyStore(database), bench))
        database.close()


async def test_the_first_activation_attaches_to_the_project(room: Room) -> None:
    """Otherwise it would hold for nobody; later ones change no attachment."""
    await room.save()
    first = await room.policies.activate(MARIA, "desk")
    await room.policies.detach(MARIA, "desk", "default")
    await room.office.keys.create(MARIA, new_key(policy="desk"))
    again = await room.policies.activate(MARIA, "desk")

    assert (first.attached, again.attached) == (("default",), ())
    assert room.office.follower.seen


async def test_watching_begins_and_ends_without_touching_what_holds(room: Room) -> None:
    """Activating the watched version ends the watching."""
    await room.save()
    await room.policies.activate(MARIA, "desk")
    second = await room.save(SECOND)
    watched = (await room.policies.monitor(MARIA, "desk")).state
    ended = (await room.policies.unmonitor(MARIA, "desk")).state
    await room.policies.monitor(MARIA, "desk", second)
    active = (await room.policies.activate(MARIA, "desk", second)).state

    assert (watched.active, watched.monitored) == (1, 2)
    assert (ended.active, ended.monitored) == (1, None)
    assert (active.active, active.monitored, active.previous) == (2, None, 1)


async def test_activating_what_is_active_keeps_the_way_back(room: Room) -> None:
    """A repeated command does not lose the version before."""
    await room.save()
    await room.policies.activate(MARIA, "desk")
    await room.save(SECOND)
    await room.policies.activate(MARIA, "desk")
    again = (await room.policies.activate(MARIA, "desk")).state

    assert (again.active, again.previous) == (2, 1)


async def test_what_fails_or_cannot_be_read_never_holds(room: Room) -> None:
    """Neither failing examples nor a build that lacks something get past activation."""
    await room.save()
    room.bench.verdict = "block"
    for act in (room.policies.activate, room.policies.monitor):
        with pytest.raises(Conflict, match="1 of 1 examples of the policy fail, the first in line 2"):
            await act(MARIA, "desk")
    room.bench.lacks = "desk"
    with pytest.raises(BadRequest, match="this build has not"):
        await room.policies.activate(MARIA, "desk")

    assert (await room.policies.show("desk")).state.active is None


async def test_names_versions_and_ways_back_must_exist(room: Room) -> None:
    """Each refusal says what is missing."""
    await room.save()
    for act in (room.policies.version("desk", 2), room.policies.show("other"), room.policies.effective("x")):
        with pytest.raises(NotFound):
            await act
    for late in (room.policies.rollback(MARIA, "desk"), room.policies.attach(MARIA, "desk", "default")):
        with pytest.raises(Conflict):
            await late


async def test_every_act_is_audited(room: Room) -> None:
    """With what was and what is."""
    await room.save()
    await room.policies.activate(MARIA, "desk")
    await room.policies.deactivate(MARIA, "desk")
    last = next(event for event in room.office.audit.list() if event.action == "policy.deactivate")

    assert sorted(room.office.actions()) == ["policy.activate", "policy.deactivate", "policy.save"]
    assert (last.before["active"], last.after["active"]) == (1, None)
