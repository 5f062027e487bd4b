"""Headers → gateway key. No I/O, and one answer for everything that is not right."""

from collections.abc import Iterable

from llm_gateway.domain.errors import BadRequest, NotAuthenticated
from llm_gateway.domain.keys import GatewayKey
from llm_gateway.domain.tokens import parse
from llm_gateway.domain.verification import is_token_of, is_usable
from llm_gateway.pipeline.incoming import Headers
from llm_gateway.ports.directory import Snapshot, Vault

_NAMES = frozenset((b"authorization", b"x-api-key", b"api-key", b"x-goog-api-key"))
_BEARER = b"bearer "

REFUSAL = (
    "The gateway key is missing, unknown, expired or revoked. Send a valid key as "
    "'Authorization: Bearer lgw_live_…', 'X-API-Key', 'api-key' or 'x-goog-api-key'."
)


def token_in(headers: Headers) -> str:
    """The one credential of a request. Raises BadRequest when there are two different ones."""
    tokens = set(_tokens(headers))
    if len(tokens) > 1:
        raise BadRequest(
            "The request carries two different credentials; send the gateway key in one header only.",
            code="conflicting_credentials",
        )
    return tokens.pop() if tokens else ""


def _tokens(headers: Headers) -> Iterable[str]:
    for name, value in headers:
        if name in _NAMES:
            if name == b"authorization":
                if value[: len(_BEARER)].lower() != _BEARER:
                    yield "not a bearer token"
                    continue
                value = value[len(_BEARER) :]  # noqa: PLW2901 - the scheme is no part of the token
            yield value.strip().decode("latin-1")


def authenticate(headers: Headers, snapshot: Snapshot, vault: Vault, now: float) -> GatewayKey:
    """The key whose token the request carries. Raises NotAuthenticated or BadRequest."""
    token = token_in(headers)
    kid = parse(token)
    if kid is None:
        raise NotAuthenticated(REFUSAL)
    key = snapshot.keys.get(kid)
    if not is_token_of(key, lambda version: vault.verifier(token, version), now):
        raise NotAuthenticated(REFUSAL)
    if key is None or not is_usable(key, now):
        raise NotAuthenticated(REFUSAL)
    return key
