"""What the use cases work with."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from llm_gateway.control.actor import Actor
from llm_gateway.domain.ids import RANDOM_BYTES, new_id
from llm_gateway.domain.keys import Connection, GatewayKey
from llm_gateway.domain.record import AuditEvent
from llm_gateway.ports.clock import Clock, SystemClock
from llm_gateway.ports.directory import Follower, NoFollower, Vault
from llm_gateway.ports.keystore import KeyStore
from llm_gateway.providers import BY_ID, Provider

DEFAULT_PROJECT = "default"

Vet = Callable[[str], Awaitable[object]]
"""Checks that a base URL may be called; raises BadRequest with the reason when not."""


@dataclass(frozen=True, slots=True)
class ControlDeps:
    """`randomness` gives that many bytes and must come from the operating system outside tests.

    `policy_known` says whether a key may name a policy; it blocks.
    """

    store: KeyStore
    vault: Vault
    vet: Vet
    follower: Follower = field(default_factory=NoFollower)
    clock: Clock = field(default_factory=SystemClock)
    randomness: Callable[[int], bytes] = secrets.token_bytes
    providers: Mapping[str, Provider] = field(default_factory=lambda: BY_ID)
    project: str = DEFAULT_PROJECT
    policy_known: Callable[[str], bool] = lambda _: True

    def new_id(self, prefix: str) -> str:
        return new_id(prefix, self.clock.now(), self.randomness(RANDOM_BYTES))

    def event(
        self,
        actor: Actor,
        action: str,
        target: str,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> AuditEvent:
        return AuditEvent(
            id=self.new_id("aud"),
            time=self.clock.now(),
            actor=actor.name,
            action=action,
            target=target,
            project=self.project,
            source=actor.source,
            before=before or {},
            after=after or {},
        )

    async def save(
        self,
        event: AuditEvent,
        *,
        key: GatewayKey | None = None,
        replaces: GatewayKey | None = None,
        connections: Sequence[Connection] = (),
        forget: Sequence[str] = (),
    ) -> None:
        """Commits, then waits until new requests see it."""
        seq = await asyncio.to_thread(
            self.store.save, event, key=key, replaces=replaces, connections=connections, forget=forget
        )
        await self.follower.reached(seq)
