"""Signed tokens (RFC 7519), read strictly (RFC 8725)."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from llm_gateway.domain.errors import BadRequest, NotAuthenticated
from llm_gateway.domain.secret import Secret
from llm_gateway.identity.oidc.keys import SigningKeys
from llm_gateway.ports.clock import Clock
from llm_gateway.wire import json_text

# Signatures only: nothing symmetric, for which our own copy of the key would be a way to sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LONGEST = 16_384
LEEWAY = 60.0
_SUBJECT = 255
# Of all header parameters, those that name another key than the provider publishes, or change how
# the rest is read, are refused rather than ignored.
_HEADER = frozenset(("alg", "kid", "typ", "cty", "cat", "x5t", "x5t#S256"))


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks the tokens of one issuer."""

    issuer: str
    keys: SigningKeys
    clock: Clock

    async def claims(self, token: Secret) -> Mapping[str, Any]:
        """The claims of a token that the issuer signed and that is good now. Raises NotAuthenticated.

        Checks signature, `iss`, `exp`, `nbf`, `iat` and the shape of `sub`; whom the token is for is
        the caller's to check.
        """
        text = token.reveal()
        header = _header(text)
        key = await self.keys.key(header.get("kid", ""))
        try:
            claims = jwt.decode(text, key, algorithms=list(ALGORITHMS)).claims
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise wrong("its signature does not fit") from error
        self._check(claims)
        return claims

    def _check(self, claims: Mapping[str, Any]) -> None:
        now = self.clock.now()
        if claims.get("iss") != self.issuer:
            raise wrong("another issuer made it")
        if _time(claims, "exp", needed=True) <= now - LEEWAY:
            raise wrong("it has expired")
        if max(_time(claims, "nbf"), _time(claims, "iat")) > now + LEEWAY:
            raise wrong("it is not good yet")
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= _SUBJECT:
            raise wrong("it names nobody")


def wrong(reason: str) -> NotAuthenticated:
    """The error for a token that is not good."""
    return NotAuthenticated(
        f"The token of the identity provider is not good: {reason}.", code="invalid_token"
    )


def _header(text: str) -> dict[str, Any]:
    if len(text) > LONGEST or text.count(".") != 2:
        raise wrong("it is no signed token")
    try:
        encoded = text.partition(".")[0]
        header = json_text.parse(base64.b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", validate=True))
    except (binascii.Error, ValueError, BadRequest) as error:
        raise wrong("it is no signed token") from error
    if not isinstance(header, dict) or header.get("alg") not in ALGORITHMS:
        raise wrong("its algorithm is not accepted")
    if not set(header) <= _HEADER or not isinstance(header.get("kid", ""), str):
        raise wrong("its header is not accepted")
    return header


def _time(claims: Mapping[str, Any], name: str, *, needed: bool = False) -> float:
    value = claims.get(name)
    if value is None and not needed:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(f"it has no proper {name}")
    return float(value)
