"""The authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE (RFC 7636)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from llm_gateway.domain.accounts import Identity, Outsider
from llm_gateway.domain.errors import NotAuthenticated, Unavailable
from llm_gateway.domain.secret import Secret
from llm_gateway.identity.oidc.documents import Documents
from llm_gateway.identity.oidc.keys import SigningKeys
from llm_gateway.identity.oidc.pending import LASTS, Pending, Sealer
from llm_gateway.identity.oidc.tokens import Verifier, wrong
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.signin import Begun

_REMEMBERED = 3600.0
_LONGEST_CODE = 4096


@dataclass(frozen=True, slots=True)
class Client:
    """This gateway as the provider knows it. `redirect_uri` is registered there."""

    issuer: str
    client_id: str
    secret: Secret | None
    redirect_uri: str
    title: str
    scopes: str = "openid email profile"


class OidcProvider:
    """Implements ports.IdentityProvider."""

    id = "oidc"

    def __init__(self, client: Client, documents: Documents, clock: Clock) -> None:
        self._client = client
        self._documents = documents
        self._clock = clock
        self._sealer = Sealer(f"{client.issuer} {client.client_id}")
        self._verifier = Verifier(client.issuer, SigningKeys(documents, self._keys_url, clock), clock)
        self._configuration: tuple[float, Mapping[str, Any]] | None = None

    @property
    def title(self) -> str:
        return self._client.title

    async def begin(self) -> Begun:
        endpoint = await self._endpoint("authorization_endpoint")
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        pending = Pending(state, nonce, verifier, self._clock.now() + LASTS)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(pending.verifier.encode()).digest())
        query = {
            "response_type": "code",
            "client_id": self._client.client_id,
            "redirect_uri": self._client.redirect_uri,
            "scope": self._client.scopes,
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": challenge.rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        mark = "&" if "?" in endpoint else "?"
        return Begun(f"{endpoint}{mark}{urlencode(query)}", self._sealer.seal(pending))

    async def finish(self, pending: Secret, answer: Mapping[str, str]) -> Outsider:
        begun = self._matching(pending, answer)
        tokens = await self._exchange(answer["code"], begun)
        id_token = tokens.get("id_token")
        if not isinstance(id_token, str):
            raise wrong("there is none")
        claims = await self._verifier.claims(Secret(id_token))
        self._check_audience(claims)
        if not _same(claims.get("nonce"), begun.nonce):
            raise wrong("it was made for another sign-in")
        return _outsider(self._client.issuer, {**claims, **await self._more(claims, tokens)})

    def _matching(self, sealed: Secret, answer: Mapping[str, str]) -> Pending:
        """The sign-in that the answer belongs to. The browser must be the one that began it."""
        pending = self._sealer.open(sealed)
        if pending is None or self._clock.now() >= pending.expires_at:
            raise NotAuthenticated("The sign-in took too long; begin again.", code="sign_in_expired")
        if not _same(answer.get("state"), pending.state):
            raise NotAuthenticated("The answer belongs to another sign-in; begin again.", code="wrong_state")
        if answer.get("iss", self._client.issuer) != self._client.issuer:  # RFC 9207
            raise NotAuthenticated("The answer comes from another provider.", code="wrong_issuer")
        if "error" in answer or not 0 < len(answer.get("code", "")) <= _LONGEST_CODE:
            raise NotAuthenticated("The identity provider did not sign you in.", code="sign_in_refused")
        return pending

    async def _exchange(self, code: str, pending: Pending) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._client.redirect_uri,
            "code_verifier": pending.verifier,
        }
        headers: dict[str, str] = {}
        methods = (await self._known()).get("token_endpoint_auth_methods_supported")
        if self._client.secret is None:
            form["client_id"] = self._client.client_id
        elif not isinstance(methods, list) or "client_secret_basic" in methods:
            headers["authorization"] = _basic(self._client.client_id, self._client.secret)
        else:
            form |= {"client_id": self._client.client_id, "client_secret": self._client.secret.reveal()}
        endpoint = await self._endpoint("token_endpoint")
        return await self._documents.post(endpoint, urlencode(form).encode(), headers)

    def _check_audience(self, claims: Mapping[str, Any]) -> None:
        """Made for this client, and for no other beside it unless handed to this one (3.1.3.7)."""
        audience = claims.get("aud")
        audiences = [audience] if isinstance(audience, str) else audience
        if not isinstance(audiences, list) or self._client.client_id not in audiences:
            raise wrong("it is for somebody else")
        party = claims.get("azp")
        if (party is None and len(audiences) > 1) or party not in (None, self._client.client_id):
            raise wrong("it was handed to somebody else")

    async def _more(self, claims: Mapping[str, Any], tokens: Mapping[str, Any]) -> Mapping[str, Any]:
        """What some providers tell at another endpoint only, if it is about the same subject (5.3.2)."""
        access = tokens.get("access_token")
        if "email" in claims or "userinfo_endpoint" not in await self._known() or not isinstance(access, str):
            return {}
        if not access.isascii() or not access.isprintable():
            raise wrong("it came with an improper access token")
        endpoint = await self._endpoint("userinfo_endpoint")
        told = await self._documents.get(endpoint, authorization=f"Bearer {access}")
        if told.get("sub") != claims["sub"]:
            raise wrong("the provider tells of somebody else")
        return {name: told[name] for name in ("email", "email_verified", "name") if name in told}

    async def _known(self) -> Mapping[str, Any]:
        """The provider's configuration (OpenID Connect Discovery 1.0), asked for once an hour."""
        ticks = self._clock.ticks()
        if self._configuration is None or ticks >= self._configuration[0] + _REMEMBERED:
            address = f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = await self._documents.get(address)
            if found.get("issuer") != self._client.issuer:
                raise _misconfigured("issuer")
            self._configuration = (ticks, found)
        return self._configuration[1]

    async def _endpoint(self, name: str) -> str:
        """An address of the provider; https, unless the issuer itself is reached without."""
        url = (await self._known()).get(name)
        if not isinstance(url, str) or not url.isascii() or not url.isprintable() or len(url) > 2048:
            raise _misconfigured(name)
        schemes = ("https", urlsplit(self._client.issuer).scheme)
        if urlsplit(url).scheme not in schemes or not urlsplit(url).hostname:
            raise _misconfigured(name)
        return url

    async def _keys_url(self) -> str:
        return await self._endpoint("jwks_uri")


def _outsider(issuer: str, claims: Mapping[str, Any]) -> Outsider:
    email, name = claims.get("email"), claims.get("name")
    verified = claims.get("email_verified") is True
    return Outsider(
        Identity(issuer, claims["sub"]),
        email if isinstance(email, str) and verified else "",
        name if isinstance(name, str) else "",
    )


def _same(given: object, expected: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())


def _basic(client_id: str, secret: Secret) -> str:
    """Both parts are form-encoded first (RFC 6749, section 2.3.1)."""
    pair = f"{quote(client_id, safe='')}:{quote(secret.reveal(), safe='')}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


def _misconfigured(name: str) -> Unavailable:
    return Unavailable(
        "The identity provider's configuration does not fit; check the setting oidc_issuer.",
        code="identity_provider_unavailable",
        detail=f"{name} is missing or not as expected",
    )
