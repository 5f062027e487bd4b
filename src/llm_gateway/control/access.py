"""Who may use the administrative interface."""

import hashlib
import hmac
from enum import StrEnum

from llm_gateway.control.actor import Actor
from llm_gateway.domain.errors import NotAuthenticated
from llm_gateway.domain.secret import Secret

_NOT_CONFIGURED = (
    "The administrative API is off because no credential for it is configured. Set "
    "LLM_GATEWAY_ADMIN_TOKEN (at least 16 characters) and send it as a bearer token."
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


class Access:
    """Holds the configured credentials, hashed, and compares in constant time."""

    def __init__(self, *, admin_token: Secret | None, internal_secret: Secret | None) -> None:
        self._admin = _hashed(admin_token)
        self._internal = _hashed(internal_secret)

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
