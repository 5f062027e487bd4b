"""Gateway keys: create, look at, change, rotate, revoke."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from llm_gateway.control import checks
from llm_gateway.control.actor import Actor
from llm_gateway.control.connections import Destination, connections_of, connections_to
from llm_gateway.control.deps import ControlDeps
from llm_gateway.control.targets import NewTarget, connect_route
from llm_gateway.control.views import KeyView, changed, view
from llm_gateway.domain import tokens
from llm_gateway.domain.errors import BadRequest, Conflict, NotFound
from llm_gateway.domain.keys import BlockStyle, Connection, GatewayKey, KeyStatus, Route
from llm_gateway.domain.secret import Secret

PAGE_LIMIT = 200
LONGEST_GRACE = 30 * 86_400.0
PEPPER_VERSION = 1
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class NewKey:
    """What an operator enters for a new key. `models` lets the application choose; empty pins `model`."""

    destination: Destination
    model: str
    models: tuple[str, ...] = ()
    name: str = ""
    policy: str | None = None
    block_style: BlockStyle = BlockStyle.ERROR
    store_bodies: bool = False
    expires_at: float | None = None
    weight: int = 1
    alternatives: tuple[NewTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A key together with its token, which is shown this once and stored nowhere."""

    token: Secret
    key: KeyView


@dataclass(frozen=True, slots=True)
class KeyChanges:
    """Fields to change; a field that is not in `fields` stays as it is.

    Allowed: name, status (active or disabled), model, models, policy, block_style, store_bodies,
    expires_at.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)


class Keys:
    """The use cases around gateway keys. Raises BadRequest, NotFound, Conflict, Unavailable."""

    def __init__(self, deps: ControlDeps) -> None:
        self._deps = deps

    async def create(self, actor: Actor, new: NewKey) -> IssuedKey:
        """A key that leads to a new connection."""
        draft = {
            "name": checks.name(new.name),
            "policy": await self._policy(new.policy),
            "block_style": new.block_style,
            "store_bodies": new.store_bodies,
            "expires_at": checks.expiry(new.expires_at, self._deps.clock.now()),
        }
        first = NewTarget(new.destination, new.model, new.weight, 0)
        route, connections = await connect_route(self._deps, first, new.models, new.alternatives)
        return await self._issue(actor, draft | {"route": route}, connections)

    async def create_unrouted(self, actor: Actor, name: str = "") -> IssuedKey:
        """A key that leads nowhere until it is registered."""
        return await self._issue(actor, {"name": checks.name(name)}, ())

    async def show(self, kid: str) -> KeyView:
        return await self._view(await self._find(kid))

    async def list(self, *, limit: int = 50, after: str | None = None) -> Sequence[KeyView]:
        """Newest first. `after` is the kid of the last key of the page before."""
        if not 1 <= limit <= PAGE_LIMIT:
            raise BadRequest(f"limit must be 1 to {PAGE_LIMIT}.", param="limit")
        if after is not None and not tokens.is_kid(after):
            raise BadRequest("after must be the kid of a key.", param="after")
        return await asyncio.to_thread(self._page, limit, after)

    async def update(self, actor: Actor, kid: str, changes: KeyChanges) -> KeyView:
        """Changes fields of a key that is not revoked."""
        now = self._deps.clock.now()
        if "policy" in changes.fields:
            await self._policy(changes.fields["policy"])
        return await self._change(actor, "key.update", kid, lambda key: _updated(key, changes, now))

    async def rotate(self, actor: Actor, kid: str, *, grace: float = 0.0) -> IssuedKey:
        """A new token for the same key; the old one is good for `grace` more seconds."""
        if not 0 <= grace <= LONGEST_GRACE:
            raise BadRequest("grace must be between 0 and 30 days.", param="grace")
        minted = tokens.mint(self._checked(kid), self._deps.randomness(tokens.ENTROPY_BYTES))
        verifier = self._deps.vault.verifier(minted.token.reveal(), PEPPER_VERSION)
        until = self._deps.clock.now() + grace

        def rotated(key: GatewayKey) -> GatewayKey:
            kept = (key.verifier, key.pepper_version, until) if grace else (None, PEPPER_VERSION, None)
            return replace(
                key,
                verifier=verifier,
                last4=minted.last4,
                pepper_version=PEPPER_VERSION,
                previous_verifier=kept[0],
                previous_pepper_version=kept[1],
                previous_until=kept[2],
            )

        return IssuedKey(minted.token, await self._change(actor, "key.rotate", kid, rotated))

    async def revoke(self, actor: Actor, kid: str) -> KeyView:
        """Ends a key for good and erases its provider key. Revoking again changes nothing."""
        key = await self._find(kid)
        if key.status is KeyStatus.REVOKED:
            return await self._view(key)
        now = self._deps.clock.now()

        def revoked(key: GatewayKey) -> GatewayKey:
            return replace(
                key,
                status=KeyStatus.REVOKED,
                revoked_at=now,
                previous_verifier=None,
                previous_until=None,
            )

        return await self._change(actor, "key.revoke", kid, revoked, forget=True)

    async def _issue(
        self, actor: Actor, draft: Mapping[str, Any], connections: Sequence[Connection]
    ) -> IssuedKey:
        deps = self._deps
        kid = tokens.mint_kid(deps.randomness(tokens.KID_BYTES))
        minted = tokens.mint(kid, deps.randomness(tokens.ENTROPY_BYTES))
        key = GatewayKey(
            kid=kid,
            project=deps.project,
            verifier=deps.vault.verifier(minted.token.reveal(), PEPPER_VERSION),
            last4=minted.last4,
            pepper_version=PEPPER_VERSION,
            created_at=deps.clock.now(),
            **draft,
        )
        seen = view(key, {one.id: one for one in connections}, deps.clock.now())
        event = deps.event(actor, "key.create", kid, after=asdict(seen))
        await deps.save(event, key=key, connections=connections)
        return IssuedKey(minted.token, seen)

    async def _change(
        self,
        actor: Actor,
        action: str,
        kid: str,
        change: Callable[[GatewayKey], GatewayKey],
        *,
        forget: bool = False,
    ) -> KeyView:
        """Reads, changes and saves; again when somebody else changed the key in between."""
        for attempt in range(_ATTEMPTS):
            key = await self._find(kid)
            _refuse_revoked(key)
            after = change(key)
            old, new = await self._view(key), await self._view(after)
            states = changed(old, new)
            event = self._deps.event(actor, action, kid, before=states[0], after=states[1])
            erased = connections_of(key.route) if forget else ()
            try:
                await self._deps.save(event, key=after, replaces=key, forget=erased)
            except Conflict as conflict:
                if conflict.code != "key_changed" or attempt == _ATTEMPTS - 1:
                    raise
                continue
            return new
        raise AssertionError("unreachable: the last attempt returns or raises")

    async def _policy(self, value: str | None) -> str | None:
        """A policy that a key may name: one that holds."""
        name = _policy(value)
        if name is not None and not await asyncio.to_thread(self._deps.policy_known, name):
            raise BadRequest(
                "No active policy has this name; see `llm-gateway policy list`.",
                code="unknown_policy",
                param="policy",
            )
        return name

    def _checked(self, kid: str) -> str:
        if not tokens.is_kid(kid):
            raise _no_such_key()
        return kid

    async def _find(self, kid: str) -> GatewayKey:
        key = await asyncio.to_thread(self._deps.store.key, self._checked(kid))
        if key is None:
            raise _no_such_key()
        return key

    async def _view(self, key: GatewayKey) -> KeyView:
        return await asyncio.to_thread(self._look, key)

    def _page(self, limit: int, after: str | None) -> Sequence[KeyView]:
        return [self._look(key) for key in self._deps.store.keys(limit=limit, after=after)]

    def _look(self, key: GatewayKey) -> KeyView:
        """Blocks: reads the connections that the key leads to."""
        return view(key, connections_to(self._deps.store, key.route), self._deps.clock.now())


def _no_such_key() -> NotFound:
    return NotFound("There is no key with this id.", code="key_not_found", param="kid")


def _refuse_revoked(key: GatewayKey) -> None:
    if key.status is KeyStatus.REVOKED:
        raise Conflict("The key is revoked, which is final; create a new one.", code="key_revoked")


def _policy(value: str | None) -> str | None:
    return checks.text(value, "policy", longest=checks.NAME_LENGTH) if value is not None else None


def _updated(key: GatewayKey, changes: KeyChanges, now: float) -> GatewayKey:
    given = dict(changes.fields)
    route_fields: dict[str, Any] = {name: given.pop(name) for name in ("model", "models") if name in given}
    if unknown := given.keys() - {"name", "status", "policy", "block_style", "store_bodies", "expires_at"}:
        raise BadRequest(f"These fields cannot be changed: {', '.join(sorted(unknown))}.")
    if "name" in given:
        given["name"] = checks.name(given["name"])
    if "policy" in given:
        given["policy"] = _policy(given["policy"])
    if "expires_at" in given:
        given["expires_at"] = checks.expiry(given["expires_at"], now)
    if given.get("status") is KeyStatus.REVOKED:
        raise BadRequest("A key is revoked by its own act; see revoke.", param="status")
    return replace(key, **given, route=_rerouted(key.route, route_fields))


def _rerouted(route: Route | None, given: Mapping[str, Any]) -> Route | None:
    if not given:
        return route
    if route is None:
        raise Conflict("The key leads nowhere yet; register it first.", code="key_not_registered")
    model = checks.model(given["model"]) if "model" in given else route.model
    models = checks.models(tuple(given["models"])) if "models" in given else route.models
    return replace(route, model=model, models=models)
