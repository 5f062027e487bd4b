"""Policies: keep, test, let hold, watch, roll back, look at what holds for whom."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import unified_diff

from llm_gateway.control.actor import Actor
from llm_gateway.control.deps import ControlDeps
from llm_gateway.control.workbench import Tried, Workbench
from llm_gateway.domain.errors import BadRequest, Conflict, NotFound
from llm_gateway.domain.keys import GatewayKey
from llm_gateway.domain.policies import EVERYWHERE, Named, PolicyState, PolicyVersion
from llm_gateway.domain.tokens import is_kid
from llm_gateway.policy import Policy, PolicyError
from llm_gateway.ports.policies import PolicyStore

PROTECTING = ("injection", "secrets")


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that is in order. `warnings` are about what it does not protect from."""

    policy: Policy
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy with its versions, newest first, and the scopes it is attached to."""

    state: PolicyState
    versions: tuple[PolicyVersion, ...]
    attached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effective:
    """What holds for a key: `source` says why (key, project, everywhere, installation)."""

    name: str
    source: str
    active: PolicyVersion | None
    monitored: PolicyVersion | None


class Policies:
    """The use cases around policies. Raises BadRequest, NotFound, Conflict, Unavailable."""

    def __init__(self, deps: ControlDeps, store: PolicyStore, bench: Workbench) -> None:
        self._deps = deps
        self._store = store
        self._bench = bench

    async def check(self, text: str) -> Checked:
        """Reads a document as this build would use it. Raises BadRequest naming line and remedy."""
        try:
            policy = await asyncio.to_thread(self._bench.read, text)
        except PolicyError as error:
            raise _wrong(error) from error
        return Checked(policy, tuple(warnings_about(policy)))

    async def test(self, policy: Policy) -> Sequence[Tried]:
        """Runs the policy's examples."""
        try:
            return await asyncio.to_thread(self._bench.test, policy)
        except PolicyError as error:
            raise _wrong(error) from error

    async def save(self, actor: Actor, text: str) -> PolicyVersion:
        """Keeps a document as the newest version of its policy. It holds for nobody yet."""
        policy = (await self.check(text)).policy
        draft = PolicyVersion(
            self._deps.project, policy.name, 0, policy.version, text, actor.name, self._deps.clock.now()
        )
        after = {"name": policy.name, "version": policy.version}
        event = self._deps.event(actor, "policy.save", policy.name, after=after)
        return await asyncio.to_thread(self._store.add, event, draft)

    async def activate(
        self, actor: Actor, name: str, number: int | None = None, *, scopes: Sequence[str] | None = None
    ) -> PolicyView:
        """Lets a version hold, the newest if none is named, once its examples pass.

        `scopes` are what it is attached to; when left out, a policy that nothing leads to yet is
        attached to the project.
        """
        scopes = None if scopes is None else [self.scope(scope) for scope in scopes]
        state, version = await self._found(name, number)
        await self._proven(version)
        after = replace(state, monitored=None if state.monitored == version.number else state.monitored)
        if state.active != version.number:
            after = replace(after, active=version.number, previous=state.active)
        if scopes is None:
            scopes = () if await self._is_used(state.key) else (self._deps.project,)
        return await self._set(actor, "policy.activate", (state, after), attach=scopes)

    async def monitor(self, actor: Actor, name: str, number: int | None = None) -> PolicyView:
        """Lets a version run beside what holds: its hits are recorded and change nothing."""
        state, version = await self._found(name, number)
        await self._proven(version)
        after = replace(state, monitored=version.number)
        attach = () if await self._is_used(state.key) else (self._deps.project,)
        return await self._set(actor, "policy.monitor", (state, after), attach=attach)

    async def unmonitor(self, actor: Actor, name: str) -> PolicyView:
        """Ends the watching; what is enforced stays."""
        state, _ = await self._found(name, None)
        return await self._set(actor, "policy.unmonitor", (state, replace(state, monitored=None)))

    async def rollback(self, actor: Actor, name: str) -> PolicyView:
        """Brings back the version that was active before; the one that is active takes its place."""
        state, _ = await self._found(name, None)
        if state.previous is None:
            raise Conflict("No version of this policy was active before.", code="policy_without_previous")
        after = replace(state, active=state.previous, previous=state.active)
        return await self._set(actor, "policy.rollback", (state, after))

    async def deactivate(self, actor: Actor, name: str) -> PolicyView:
        """Lets no version hold and detaches the policy. Keys that name it are refused until they do not."""
        state, _ = await self._found(name, None)
        after = replace(state, active=None, monitored=None, previous=state.active or state.previous)
        attached = await self._attached(state.key)
        return await self._set(actor, "policy.deactivate", (state, after), detach=attached)

    async def attach(self, actor: Actor, name: str, scope: str) -> PolicyView:
        """Lets the policy hold for a project, or with `*` everywhere that no project has its own."""
        state, _ = await self._found(name, None)
        if state.active is None and state.monitored is None:
            raise Conflict("No version of this policy is active; activate one first.", code="policy_inactive")
        return await self._set(actor, "policy.attach", (state, state), attach=(self.scope(scope),))

    async def detach(self, actor: Actor, name: str, scope: str) -> PolicyView:
        """The reverse of attach."""
        state, _ = await self._found(name, None)
        return await self._set(actor, "policy.detach", (state, state), detach=(self.scope(scope),))

    async def list(self) -> Sequence[PolicyView]:
        """All policies by name."""
        states = await asyncio.to_thread(self._store.states, self._deps.project)
        return [await self._view(state) for state in states]

    async def show(self, name: str) -> PolicyView:
        return await self._view((await self._found(name, None))[0])

    async def version(self, name: str, number: int | None = None) -> PolicyVersion:
        """A version; the newest if none is named."""
        return (await self._found(name, number))[1]

    async def diff(self, name: str, old: int, new: int) -> str:
        """What changed between two versions, as a unified diff."""
        before, after = await self.version(name, old), await self.version(name, new)
        lines = unified_diff(
            before.document.splitlines(keepends=True),
            after.document.splitlines(keepends=True),
            f"{name} {old}",
            f"{name} {new}",
        )
        return "".join(lines)

    async def effective(self, kid: str) -> Effective:
        """The policy that holds for a key, and why."""
        key = await asyncio.to_thread(self._deps.store.key, kid) if is_kid(kid) else None
        if key is None:
            raise NotFound("There is no key with this id.", code="key_not_found", param="kid")
        named, source = _led_to(key, await asyncio.to_thread(self._store.attachments))
        state = await asyncio.to_thread(self._store.state, *named) if named else None
        if named is None or (state is None and named[1] == self._bench.default.name):
            return Effective(self._bench.default.name, "installation", None, None)
        versions = {one.number: one for one in await asyncio.to_thread(self._store.versions, *named)}
        held = (
            [versions.get(number or 0) for number in (state.active, state.monitored)] if state else [None] * 2
        )
        return Effective(named[1], source, *held)

    async def document(self, text_or_name: str) -> Policy:
        """A kept policy's newest version, read."""
        return (await self.check((await self.version(text_or_name)).document)).policy

    async def _proven(self, version: PolicyVersion) -> None:
        policy = (await self.check(version.document)).policy
        failed = [one for one in await self.test(policy) if not one.passed]
        if failed:
            first = failed[0]
            raise Conflict(
                f"{len(failed)} of {len(policy.examples)} examples of the policy fail, the first in line "
                f"{first.example.line}: expected {first.example.expect.word}, got {first.verdict}. Run "
                "llm-gateway policy test, and mend the rules or the examples.",
                code="policy_examples_fail",
            )

    async def _found(self, name: str, number: int | None) -> tuple[PolicyState, PolicyVersion]:
        state = await asyncio.to_thread(self._store.state, self._deps.project, name)
        versions = await asyncio.to_thread(self._store.versions, self._deps.project, name)
        if state is None or not versions:
            raise NotFound("There is no policy of this name.", code="policy_not_found", param="name")
        found = [one for one in versions if number in (None, one.number)]
        if not found:
            raise NotFound(
                f"The policy has no version {number}; its newest is {versions[0].number}.",
                code="policy_version_not_found",
                param="number",
            )
        return state, found[0]

    async def _set(
        self,
        actor: Actor,
        action: str,
        states: tuple[PolicyState, PolicyState],
        *,
        attach: Sequence[str] = (),
        detach: Sequence[str] = (),
    ) -> PolicyView:
        """Commits, then waits until new requests are judged by it."""
        before, after = states
        told = {**asdict(after), "attach": list(attach), "detach": list(detach)}
        event = self._deps.event(actor, action, after.name, before=asdict(before), after=told)
        seq = await asyncio.to_thread(
            lambda: self._store.set_state(event, after, replaces=before, attach=attach, detach=detach)
        )
        await self._deps.follower.reached(seq)
        return await self._view(after)

    async def _view(self, state: PolicyState) -> PolicyView:
        versions = await asyncio.to_thread(self._store.versions, *state.key)
        return PolicyView(state, tuple(versions), await self._attached(state.key))

    async def _attached(self, named: Named) -> tuple[str, ...]:
        attachments = await asyncio.to_thread(self._store.attachments)
        return tuple(sorted(scope for scope, one in attachments.items() if one == named))

    async def _is_used(self, named: Named) -> bool:
        """Whether a scope or a key leads to the policy."""
        if await self._attached(named):
            return True
        snapshot = await asyncio.to_thread(self._deps.store.snapshot)
        return any((key.project, key.policy) == named for key in snapshot.keys.values())

    def scope(self, scope: str) -> str:
        """A scope that policies can be attached to. Raises BadRequest."""
        if scope not in (EVERYWHERE, self._deps.project):
            raise BadRequest(
                f"scope must be {EVERYWHERE} (everywhere) or the project {self._deps.project}; a key names "
                "its policy itself.",
                param="scope",
            )
        return scope


def _led_to(key: GatewayKey, attached: Mapping[str, Named]) -> tuple[Named | None, str]:
    if key.policy is not None:
        return (key.project, key.policy), "key"
    if key.project in attached:
        return attached[key.project], "project"
    return attached.get(EVERYWHERE), "everywhere"


def warnings_about(policy: Policy) -> Sequence[str]:
    """What a policy leaves open that a fresh installation does not."""
    looked_for = {rule.detector for rule in policy.rules if rule.enforced}
    return [
        f"no enforced rule is about {name}; `include: default` keeps the protection of a fresh installation"
        for name in PROTECTING
        if name not in looked_for
    ]


def _wrong(error: PolicyError) -> BadRequest:
    return BadRequest(f"The policy is wrong: {error}.", code="invalid_policy", param="document")
