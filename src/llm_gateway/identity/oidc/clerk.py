"""Session tokens of Clerk (clerk.com/docs/guides/sessions/manual-jwt-verification).

Made every minute for a signed-in browser. `azp` is the origin that asked for one; without checking
it, a token made for any other site of the same account would open this one.
"""

from llm_gateway.domain.accounts import Identity, Outsider
from llm_gateway.domain.secret import Secret
from llm_gateway.identity.oidc.documents import Documents
from llm_gateway.identity.oidc.keys import SigningKeys
from llm_gateway.identity.oidc.tokens import Verifier, wrong
from llm_gateway.ports.clock import Clock


class ClerkSessions:
    """Implements ports.TokenIssuer."""

    def __init__(self, issuer: str, parties: frozenset[str], documents: Documents, clock: Clock) -> None:
        """`issuer` is the Frontend API URL, `parties` the origins whose tokens are taken."""
        self._issuer = issuer
        self._parties = parties
        self._verifier = Verifier(issuer, SigningKeys(documents, self._keys_url, clock), clock)

    def knows(self, token: str) -> bool:
        return token.startswith("eyJ") and token.count(".") == 2

    async def outsider(self, token: Secret) -> Outsider:
        claims = await self._verifier.claims(token)
        party = claims.get("azp")
        if not isinstance(party, str) or party not in self._parties:
            raise wrong("it was made for another site")
        if claims.get("sts", "active") != "active":
            raise wrong("its session is not complete")
        return Outsider(Identity(self._issuer, claims["sub"]), "", "")

    async def _keys_url(self) -> str:
        return f"{self._issuer.rstrip('/')}/.well-known/jwks.json"
