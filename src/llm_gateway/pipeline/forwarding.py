"""The request to the provider: the client's own body, with only what must differ replaced."""

from collections.abc import Mapping, Sequence
from typing import Any

from llm_gateway.domain.errors import BadRequest, Unavailable
from llm_gateway.domain.keys import Connection
from llm_gateway.domain.text import Path
from llm_gateway.pipeline.incoming import Incoming
from llm_gateway.pipeline.targets import Target
from llm_gateway.ports.directory import SealBroken, Vault
from llm_gateway.ports.upstream import Timeouts, UpstreamRequest
from llm_gateway.providers import BY_ID, Speaks, credential_headers
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


def body_for(raw: bytes, value: Any, edits: Mapping[Path, str]) -> bytes:
    """The client's bytes with the strings at the given paths replaced."""
    return json_text.edit(raw, value, edits) if edits else raw


def spoken(connection: Connection, incoming: Incoming) -> Speaks:
    """How the provider is spoken to. Raises BadRequest when it does not know the client's format."""
    provider = BY_ID[connection.provider]
    wanted = incoming.matched.surface.speaks or Speaks.OPENAI_CHAT
    if wanted not in provider.speaks:
        known = ", ".join(sorted(provider.speaks))
        raise BadRequest(
            f"{provider.title} does not speak {wanted}; the provider of this gateway key speaks: {known}.",
            code="format_not_spoken",
        )
    return Speaks(wanted)


def usable(targets: Sequence[Target], incoming: Incoming) -> Sequence[Target]:
    """The targets that speak the client's format. Raises BadRequest when none does."""
    wanted = incoming.matched.surface.speaks
    found = [target for target in targets if wanted in BY_ID[target.connection.provider].speaks]
    if not found:
        spoken(targets[0].connection, incoming)
    return found


def request_for(
    incoming: Incoming, target: Target, vault: Vault, body: bytes, timeouts: Timeouts
) -> UpstreamRequest:
    """The complete request with the provider's credential.

    Raises BadRequest when the provider does not speak the client's format, Unavailable when its key
    does not open.
    """
    connection, provider = target.connection, BY_ID[target.connection.provider]
    tongue = spoken(connection, incoming)
    headers = {"content-type": "application/json", "accept-encoding": "identity", **provider.headers}
    for name, text in incoming.headers:
        if name in _UPSTREAM:
            headers[_UPSTREAM[name]] = text.decode("latin-1")
    auth = provider.auths.get(tongue, provider.auth)
    headers |= credential_headers(auth, provider_key(connection, vault))
    url = connection.base_url + provider.roots.get(tongue, "") + incoming.matched.upstream(target.model)
    return UpstreamRequest(incoming.matched.surface.method, url, headers, body, timeouts)


def provider_key(connection: Connection, vault: Vault) -> str:
    """The provider's key, empty where it needs none. Raises Unavailable when it does not open."""
    if not connection.sealed_key:
        return ""
    try:
        return vault.open(connection).reveal()
    except SealBroken:
        raise Unavailable(
            "The provider key of this connection cannot be opened; register it again.",
            code="provider_key_unreadable",
        ) from None


def headers_for_client(headers: Mapping[str, str]) -> dict[str, str]:
    """The provider's headers that the application may see."""
    return {
        name: value for name, value in headers.items() if name in _DOWNSTREAM or name.startswith(_RATE_LIMITS)
    }


def scrubbed(body: bytes, key: str) -> bytes:
    """An error body without the provider key, which some providers repeat in it."""
    return body.replace(key.encode(), b"[provider key]") if key else body
