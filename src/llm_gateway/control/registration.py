"""The older way in: generate a key first, register where it leads later, both by the key itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from llm_gateway.control import checks
from llm_gateway.control.actor import Actor
from llm_gateway.control.connections import Destination, connect, connections_of, connections_to
from llm_gateway.control.deps import ControlDeps
from llm_gateway.control.views import KeyView, changed, view
from llm_gateway.domain import tokens
from llm_gateway.domain.errors import Conflict, NotFound
from llm_gateway.domain.keys import Connection, GatewayKey, KeyStatus, Route
from llm_gateway.domain.secret import Secret
from llm_gateway.domain.verification import is_token_of, is_usable
from llm_gateway.ports.directory import SealBroken


@dataclass(frozen=True, slots=True)
class ResolvedKey:
    """Where a gateway key leads, with the provider key in the clear (empty when there is none)."""

    provider: str
    provider_key: Secret
    model: str


class Registration:
    """Acts on a key that the caller holds, not just names. Raises NotFound when it is none of ours."""

    def __init__(self, deps: ControlDeps) -> None:
        self._deps = deps

    async def register(self, actor: Actor, token: Secret, destination: Destination, model: str) -> KeyView:
        """Leads the key to a new connection; what it led to before is forgotten."""
        key = await self._held(token)
        _refuse_revoked(key)
        model = checks.model(model)
        connection = await connect(self._deps, destination, key_field="target_api_key")
        after = replace(key, route=Route(connection.id, model))
        return await self._reroute(actor, "key.register", key, after, [connection])

    async def unregister(self, actor: Actor, token: Secret) -> KeyView:
        """Lets the key lead nowhere and erases the provider key. Doing it again changes nothing."""
        key = await self._held(token)
        _refuse_revoked(key)
        if key.route is None:
            return view(key, {}, self._deps.clock.now())
        return await self._reroute(actor, "key.unregister", key, replace(key, route=None), ())

    async def resolve(self, actor: Actor, token: Secret) -> ResolvedKey:
        """The provider key behind a usable gateway key. It leaves the gateway, so it is audited."""
        key = await self._held(token)
        connection = await self._connection(key)
        if not is_usable(key, self._deps.clock.now()) or key.route is None or connection is None:
            raise _not_ours()
        event = self._deps.event(actor, "key.resolve", key.kid)
        await asyncio.to_thread(self._deps.store.save, event)
        return ResolvedKey(connection.provider, self._opened(connection), key.route.model)

    def _opened(self, connection: Connection) -> Secret:
        try:
            return self._deps.vault.open(connection) if connection.sealed_key else Secret("")
        except SealBroken as error:
            raise Conflict(
                "The stored provider key does not fit its destination; register the key again.",
                code="provider_key_unreadable",
            ) from error

    async def _reroute(
        self,
        actor: Actor,
        action: str,
        before: GatewayKey,
        after: GatewayKey,
        connections: Sequence[Connection],
    ) -> KeyView:
        now = self._deps.clock.now()
        seen = view(after, {one.id: one for one in connections}, now)
        known = await asyncio.to_thread(connections_to, self._deps.store, before.route)
        old, new = changed(view(before, known, now), seen)
        event = self._deps.event(actor, action, before.kid, before=old, after=new)
        forgotten = connections_of(before.route)
        await self._deps.save(event, key=after, replaces=before, connections=connections, forget=forgotten)
        return seen

    async def _held(self, token: Secret) -> GatewayKey:
        text = token.reveal()
        kid = tokens.parse(text)
        if kid is None:
            raise _not_ours()
        key = await asyncio.to_thread(self._deps.store.key, kid)
        verifier = self._deps.vault.verifier
        if key is None or not is_token_of(
            key, lambda version: verifier(text, version), self._deps.clock.now()
        ):
            raise _not_ours()
        return key

    async def _connection(self, key: GatewayKey) -> Connection | None:
        if key.route is None:
            return None
        return await asyncio.to_thread(self._deps.store.connection, key.route.connection_id)


def _not_ours() -> NotFound:
    """One answer for malformed, unknown, wrong, expired and unregistered keys."""
    return NotFound("This is not a gateway key that can be used here.", code="key_not_found")


def _refuse_revoked(key: GatewayKey) -> None:
    if key.status is KeyStatus.REVOKED:
        raise Conflict("The key is revoked, which is final; create a new one.", code="key_revoked")
