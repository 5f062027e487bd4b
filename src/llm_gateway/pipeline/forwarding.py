"""The request to the provider: the client's own body, with only what must differ replaced."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.errors import BadRequest, NotFound, Unavailable
from llm_gateway.domain.keys import Connection, GatewayKey, Route
from llm_gateway.domain.text import Path
from llm_gateway.pipeline.incoming import Incoming
from llm_gateway.ports.directory import SealBroken, Snapshot, Vault
from llm_gateway.ports.upstream import Timeouts, UpstreamRequest
from llm_gateway.providers import BY_ID, credential_headers
from llm_gateway.wire import json_text

# What of the client's headers a provider gets to see. Everything else, credentials first, stays here.
_UPSTREAM = {
    b"accept": "accept",
    b"accept-language": "accept-language",
    b"openai-beta": "openai-beta",
    b"anthropic-beta": "anthropic-beta",
    b"anthropic-version": "anthropic-version",
    b"http-referer": "http-referer",
    b"x-title": "x-title",
    b"idempotency-key": "idempotency-key",
}
# What of the provider's headers the client gets to see; also everything starting with x-ratelimit-.
_DOWNSTREAM = frozenset(("content-type", "retry-after", "retry-after-ms", "x-should-retry", "x-simulated"))
_RATE_LIMITS = ("x-ratelimit-", "anthropic-ratelimit-")


def route_of(key: GatewayKey, snapshot: Snapshot) -> tuple[Route, Connection]:
    """Where the key leads. Raises BadRequest for a key that leads nowhere yet."""
    connection = snapshot.connections.get(key.route.connection_id) if key.route else None
    if key.route is None or connection is None:
        raise BadRequest(
            "This gateway key leads to no provider yet; connect it with POST /register-key.",
            code="key_without_route",
        )
    return key.route, connection


def model_for(route: Route, requested: str) -> str:
    """The model the provider is asked for. Raises NotFound when the key does not allow the requested one."""
    if not route.models:
        return route.model
    if requested not in route.models:
        allowed = ", ".join(route.models[:10])
        raise NotFound(
            f"This gateway key does not lead to the model you asked for. It allows: {allowed}.",
            code="model_not_found",
            param="model",
        )
    return requested


def body_for(raw: bytes, value: Any, edits: Mapping[Path, str]) -> bytes:
    """The client's bytes with the strings at the given paths replaced."""
    return json_text.edit(raw, value, edits) if edits else raw


def request_for(
    incoming: Incoming, connection: Connection, vault: Vault, body: bytes, timeouts: Timeouts
) -> UpstreamRequest:
    """The complete request with the provider's credential. Raises Unavailable when its key does not open."""
    provider = BY_ID[connection.provider]
    try:
        key = vault.open(connection).reveal() if connection.sealed_key else ""
    except SealBroken:
        raise Unavailable(
            "The provider key of this connection cannot be opened; register it again.",
            code="provider_key_unreadable",
        ) from None
    headers = {"content-type": "application/json", "accept-encoding": "identity", **provider.headers}
    for name, text in incoming.headers:
        if name in _UPSTREAM:
            headers[_UPSTREAM[name]] = text.decode("latin-1")
    headers |= credential_headers(provider.auth, key)
    return UpstreamRequest("POST", connection.base_url + incoming.operation, headers, body, timeouts)


def headers_for_client(headers: Mapping[str, str]) -> dict[str, str]:
    """The provider's headers that the application may see."""
    return {
        name: value for name, value in headers.items() if name in _DOWNSTREAM or name.startswith(_RATE_LIMITS)
    }


def scrubbed(body: bytes, key: str) -> bytes:
    """An error body without the provider key, which some providers repeat in it."""
    return body.replace(key.encode(), b"[provider key]") if key else body
