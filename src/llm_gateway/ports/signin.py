"""Signing in through other services."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from llm_gateway.domain.accounts import Outsider
from llm_gateway.domain.secret import Secret


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and what it has to bring back in a cookie, sealed."""

    url: str
    pending: Secret


class IdentityProvider(Protocol):
    """A service that people sign in with."""

    @property
    def id(self) -> str:
        """Its name in addresses."""
        ...

    @property
    def title(self) -> str:
        """Its name for people."""
        ...

    async def begin(self) -> Begun:
        """Raises GatewayError when the service cannot be asked."""
        ...

    async def finish(self, pending: Secret, answer: Mapping[str, str]) -> Outsider:
        """Who comes back with `answer`, the parameters of the address he was sent to.

        Raises NotAuthenticated when anything about it is not right.
        """
        ...


class TokenIssuer(Protocol):
    """A service whose tokens are taken as they are."""

    def knows(self, token: str) -> bool:
        """Whether a bearer token has the shape of its own. No I/O."""
        ...

    async def outsider(self, token: Secret) -> Outsider:
        """Raises NotAuthenticated."""
        ...
