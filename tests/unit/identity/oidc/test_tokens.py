"""Which tokens are good: one kind, and none of the known forgeries."""

import base64
import hmac
import json
from typing import Any

import pytest
from joserfc.jwk import Key

from llm_gateway.domain.errors import NotAuthenticated, Unavailable
from llm_gateway.domain.secret import Secret
from llm_gateway.identity.oidc import documents
from llm_gateway.identity.oidc.clerk import ClerkSessions
from llm_gateway.identity.oidc.keys import LASTS, PAUSE, SigningKeys
from llm_gateway.identity.oidc.tokens import Verifier
from tests.support.values import NOW, StillClock
from tests.unit.identity.oidc.issuer import EC, ISSUER, RSA, STRANGER, Documents, key_set, signed

URL = f"{ISSUER}/keys"


async def keys_url() -> str:
    return URL


def verifier(upstream: Documents, clock: StillClock | None = None) -> Verifier:
    clock = clock or StillClock()
    return Verifier(ISSUER, SigningKeys(documents.Documents(upstream), keys_url, clock), clock)


def publishing(*keys: Key) -> Documents:
    return Documents({URL: key_set(*keys)})


def forged(header: dict[str, Any], signature: bytes = b"") -> Secret:
    """A token put together by hand."""
    claims = {"iss": ISSUER, "sub": "ann", "exp": NOW + 60}
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return Secret(".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts))


@pytest.mark.parametrize(("key", "alg"), [(RSA, "RS256"), (RSA, "PS256"), (EC, "ES256")])
async def test_signed_tokens_are_read(key: Key, alg: str) -> None:
    """With each of the common algorithms."""
    claims = await verifier(publishing(RSA, EC)).claims(signed(key, alg))

    assert claims["sub"] == "ann"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": ISSUER + "/"},
        {"iss": None},
        {"exp": NOW - 61},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": True},
        {"nbf": NOW + 61},
        {"iat": NOW + 61},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
    ],
)
async def test_wrong_claims_are_refused(claims: dict[str, Any]) -> None:
    """Another issuer, another time, nobody."""
    with pytest.raises(NotAuthenticated):
        await verifier(publishing(RSA)).claims(signed(**claims))


@pytest.mark.parametrize(
    "header",
    [
        {"jwk": STRANGER.as_dict(private=False)},
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/cert"},
        {"x5c": ["MIIB"]},
        {"crit": ["exp"], "exp": 1},
        {"crit": ["unknown"], "unknown": 1},
        {"b64": False},
        {"zip": "DEF"},
        {"kid": "../../etc/passwd"},
        {"kid": "' OR 1=1 --"},
        {"kid": 7},
    ],
)
async def test_headers_choose_no_key(header: dict[str, Any]) -> None:
    """Nothing in a token says how it is checked; even signed with the right key it is refused."""
    token = forged({"alg": "RS256", "kid": "rsa"} | header, b"x")
    upstream = publishing(RSA)
    with pytest.raises(NotAuthenticated):
        await verifier(upstream).claims(token)

    assert set(upstream.asked) <= {URL}


async def test_algorithms_are_ours_to_choose() -> None:
    """No algorithm, a symmetric one over the public key, and a stranger's key of the same id."""
    public = RSA.as_pem(private=False)
    unsigned = forged({"alg": "HS256", "kid": "rsa"}).reveal().rstrip(".")
    tag = hmac.digest(public, unsigned.encode(), "sha256")
    symmetric = Secret(f"{unsigned}.{base64.urlsafe_b64encode(tag).rstrip(b'=').decode()}")
    tokens = [
        forged({"alg": "none"}),
        forged({"alg": "None", "kid": "rsa"}),
        forged({"kid": "rsa"}),
        forged({"alg": ["RS256"], "kid": "rsa"}),
        symmetric,
        signed(STRANGER),
        signed(RSA, header={"kid": "ec"}),
    ]
    for token in tokens:
        with pytest.raises(NotAuthenticated):
            await verifier(publishing(RSA, EC)).claims(token)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b", "a.b.c.d", "é.é.é", "e30.e30.e30", "x" * 20_000])
async def test_junk_is_refused_without_asking(text: str) -> None:
    """What is no signed token costs no request to the provider."""
    upstream = publishing(RSA)
    with pytest.raises(NotAuthenticated):
        await verifier(upstream).claims(Secret(text))

    assert upstream.asked == []


async def test_a_changed_token_is_refused() -> None:
    """Neither header, claims nor signature can be exchanged."""
    good, other = signed().reveal().split("."), signed(sub="eve").reveal().split(".")
    for part in (1, 2):
        mixed = [*good]
        mixed[part] = other[part]
        with pytest.raises(NotAuthenticated):
            await verifier(publishing(RSA)).claims(Secret(".".join(mixed)))


async def test_keys_are_asked_for_rarely() -> None:
    """Once at first; again for a new key, but however many unknown ids come, only every 30 s."""
    upstream, clock = publishing(RSA), StillClock()
    checks = verifier(upstream, clock)
    for _ in range(3):
        await checks.claims(signed(exp=NOW + 1e6))
    assert len(upstream.asked) == 1

    upstream.by_url[URL] = key_set(RSA, EC)
    for _ in range(3):
        with pytest.raises(NotAuthenticated):
            await checks.claims(signed(EC, "ES256"))
    assert len(upstream.asked) == 1
    clock.move(PAUSE)
    await checks.claims(signed(EC, "ES256"))
    for n in range(3):
        with pytest.raises(NotAuthenticated):
            await checks.claims(forged({"alg": "RS256", "kid": f"k{n}"}, b"x"))
    assert len(upstream.asked) == 2

    upstream.by_url[URL] = key_set(EC)
    clock.move(LASTS)
    with pytest.raises(NotAuthenticated):
        await checks.claims(signed(exp=NOW + 1e6))


async def test_without_ids_there_must_be_one_key() -> None:
    """A token may leave out the id only where there is nothing to choose."""
    bare = forged({"alg": "RS256"}, b"x")
    for keys in ((RSA,), (RSA, EC)):
        with pytest.raises(NotAuthenticated):
            await verifier(publishing(*keys)).claims(bare)


async def test_a_provider_that_is_away_is_not_a_bad_token() -> None:
    """The person hears to try again, not that he is nobody."""
    with pytest.raises(Unavailable):
        await verifier(Documents()).claims(signed())


def clerk(upstream: Documents) -> ClerkSessions:
    parties = frozenset(("https://app.example",))
    return ClerkSessions(ISSUER, parties, documents.Documents(upstream), StillClock())


CLERK_URL = f"{ISSUER}/.well-known/jwks.json"


async def test_clerk_sessions_name_their_user() -> None:
    """A session token of the right site leads to issuer and subject."""
    sessions = clerk(Documents({CLERK_URL: key_set(RSA)}))
    token = signed(azp="https://app.example", sts="active", aud=None)
    outsider = await sessions.outsider(token)

    assert sessions.knows(token.reveal())
    assert not sessions.knows("lgwp_" + "x" * 43)
    assert (outsider.identity.issuer, outsider.identity.subject, outsider.email) == (ISSUER, "ann", "")


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"azp": "https://evil.example"},
        {"azp": ["https://app.example"]},
        {"azp": "https://app.example", "sts": "pending"},
        {"azp": "https://app.example", "iss": "https://evil.example"},
        {"azp": "https://app.example", "exp": NOW - 61},
    ],
)
async def test_other_clerk_sessions_do_not(claims: dict[str, Any]) -> None:
    """Of another site, another issuer, expired, or not complete."""
    with pytest.raises(NotAuthenticated):
        await clerk(Documents({CLERK_URL: key_set(RSA)})).outsider(signed(**claims))
