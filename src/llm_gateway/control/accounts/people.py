"""Everything around accounts in one value, and who asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from llm_gateway.control.accounts.deps import AccountDeps
from llm_gateway.control.accounts.federation import Federation
from llm_gateway.control.accounts.joining import Joining
from llm_gateway.control.accounts.members import Members
from llm_gateway.control.accounts.own import TOKEN_PREFIX, OwnAccount
from llm_gateway.control.accounts.sessions import Sessions, actor_for
from llm_gateway.control.accounts.signin import SignIn, Throttle
from llm_gateway.control.actor import Actor
from llm_gateway.domain.errors import NotAuthenticated, NotFound
from llm_gateway.domain.secret import Secret


class Voucher(Protocol):
    """Another service whose tokens name our members."""

    def knows(self, token: str) -> bool:
        """Whether a bearer token looks like one of its own. No I/O."""
        ...

    async def actor(self, token: Secret, source: str) -> Actor:
        """The member. Raises NotAuthenticated."""
        ...


@dataclass(frozen=True, slots=True)
class Accounts:
    """The use cases, built over the same stores. Implements control.access.People."""

    sessions: Sessions
    joining: Joining
    sign_in: SignIn
    members: Members
    own: OwnAccount
    federation: Federation
    throttle: Throttle
    ticks: Callable[[], float]
    vouchers: tuple[Voucher, ...] = field(default=())

    async def of_session(self, token: Secret, source: str) -> Actor:
        """Who holds a session token. Raises NotAuthenticated."""
        found = await self.sessions.find(token)
        return actor_for(found.user, source, found.session.id)

    async def sign_out(self, token: Secret, source: str) -> None:
        """Ends the session of a token; one that has ended already is no error."""
        try:
            actor = await self.of_session(token, source)
            await self.sessions.end(actor, actor.session_id)
        except (NotAuthenticated, NotFound):
            return

    async def of_bearer(self, token: Secret, source: str) -> Actor | None:
        """Who holds a token that is a person's; None when it is of another kind. Raises NotAuthenticated."""
        if token.reveal().startswith(TOKEN_PREFIX):
            return await self.own.holder(token, source)
        for voucher in self.vouchers:
            if voucher.knows(token.reveal()):
                return await voucher.actor(token, source)
        return None


def accounts(
    deps: AccountDeps, *, throttle: Throttle | None = None, vouchers: tuple[Voucher, ...] = ()
) -> Accounts:
    """All use cases over `deps`."""
    throttle = throttle or Throttle()
    sessions = Sessions(deps)
    joining = Joining(deps, sessions)
    return Accounts(
        sessions=sessions,
        joining=joining,
        sign_in=SignIn(deps, sessions, throttle),
        members=Members(deps),
        own=OwnAccount(deps, sessions, throttle),
        federation=Federation(deps, sessions, joining),
        ticks=deps.clock.ticks,
        throttle=throttle,
        vouchers=vouchers,
    )
