"""Who may use the administrative interface."""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from llm_gateway.control.actor import Actor
from llm_gateway.domain.errors import NotAuthenticated
from llm_gateway.domain.secret import Secret

_NOT_CONFIGURED = (
    "The administrative API is off because no credential for it is configured. Set "
    "LLM_GATEWAY_ADMIN_TOKEN (at least 16 characters) and send it as a bearer token."
)
_SIGN_IN = (
    "Sign in at /dashboard, or send a personal token or the admin token as `Authorization: Bearer <token>`."
)
_WRONG = (
    "Send the admin token as `Authorization: Bearer <token>`, or the internal secret in the header "
    "Internal-Secret."
)
_INTERNAL_OFF = (
    "Resolving keys is off because no internal secret is configured. Set INTERNAL_API_SECRET (at least "
    "16 characters) and send it in the header Internal-Secret."
)
_INTERNAL_WRONG = "Send the internal secret in the header Internal-Secret."


class Right(StrEnum):
    """What a route needs. RESOLVE gives out provider keys, so the admin token is not enough for it."""

    ADMIN = "admin"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class Presented:
    """What came with a request. `session` is the token of a browser's cookie."""

    source: str
    bearer: str | None = None
    internal: str | None = None
    session: Secret | None = None


class People(Protocol):
    """Who members are. Both raise NotAuthenticated for a credential that is not good."""

    async def of_session(self, token: Secret, source: str) -> Actor: ...

    async def of_bearer(self, token: Secret, source: str) -> Actor | None:
        """None for a token that is no person's."""
        ...


class Access:
    """Holds the configured credentials, hashed, and compares in constant time."""

    def __init__(
        self, *, admin_token: Secret | None, internal_secret: Secret | None, people: People | None = None
    ) -> None:
        self._admin = _hashed(admin_token)
        self._internal = _hashed(internal_secret)
        self._people = people

    async def identify(self, presented: Presented) -> Actor:
        """The member, admin token or internal secret behind a request. Raises NotAuthenticated.

        A cookie comes along whether meant or not, so it counts only without another credential.
        """
        bearer, internal, source = presented.bearer, presented.internal, presented.source
        if self._people is not None:
            if bearer is None and internal is None:
                if presented.session is None:
                    raise NotAuthenticated(_SIGN_IN, code="no_session")
                return await self._people.of_session(presented.session, source)
            if bearer is not None and internal is None:
                person = await self._people.of_bearer(Secret(bearer), source)
                if person is not None:
                    return person
        return self.check(Right.ADMIN, bearer=bearer, internal=internal, source=source)

    def check(self, right: Right, *, bearer: str | None, internal: str | None, source: str) -> Actor:
        """The actor behind the presented credentials. Raises NotAuthenticated.

        All that is presented must be right: a wrong secret beside a right one is refused.
        """
        if right is Right.RESOLVE:
            return self._resolver(internal, source)
        if self._admin is None and self._internal is None:
            raise NotAuthenticated(_NOT_CONFIGURED, code="not_configured")
        answers = [
            _matches(self._admin, bearer) if bearer is not None else None,
            _matches(self._internal, internal) if internal is not None else None,
        ]
        if False in answers or True not in answers:
            raise NotAuthenticated(_WRONG, code="invalid_credential")
        return Actor("admin-token" if answers[0] else "internal-secret", source)

    def _resolver(self, internal: str | None, source: str) -> Actor:
        if self._internal is None:
            raise NotAuthenticated(_INTERNAL_OFF, code="not_configured")
        if internal is None or not _matches(self._internal, internal):
            raise NotAuthenticated(_INTERNAL_WRONG, code="invalid_credential")
        return Actor("internal-secret", source)


def _hashed(secret: Secret | None) -> bytes | None:
    """An empty secret means the way in is closed, never that it is open."""
    return _hash(secret.reveal()) if secret is not None and secret.reveal() else None


def _matches(stored: bytes | None, presented: str) -> bool:
    """Hashing both sides makes the comparison independent of the lengths."""
    return hmac.compare_digest(_hash(presented), stored or bytes(32)) and stored is not None


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()
