"""The request to the provider: the client's own body, with only what must differ replaced."""

from collections.abc import Mapping
from typing import Any

from llm_gateway.domain.errors import Unavailable
from llm_gateway.domain.keys import Connection
from llm_gateway.domain.text import Path
from llm_gateway.pipeline.incoming import Incoming
from llm_gateway.pipeline.passage import Passage
from llm_gateway.ports.directory import SealBroken, Vault
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
# What of it concerns providers of another format as well.
_ANYWHERE = {b"accept-language": "accept-language", b"http-referer": "http-referer", b"x-title": "x-title"}
# What of the provider's headers the client gets to see; also everything starting with x-ratelimit-.
_DOWNSTREAM = frozenset(("content-type", "retry-after", "retry-after-ms", "x-should-retry", "x-simulated"))
_RATE_LIMITS = ("x-ratelimit-", "anthropic-ratelimit-")


def body_for(raw: bytes, value: Any, edits: Mapping[Path, str]) -> bytes:
    """The client's bytes with the strings at the given paths replaced."""
    return json_text.edit(raw, value, edits) if edits else raw


def request_for(
    incoming: Incoming, passage: Passage, vault: Vault, body: bytes, timeouts: Timeouts
) -> UpstreamRequest:
    """The complete request with the provider's credential. Raises Unavailable when its key does not open."""
    connection, provider = passage.target.connection, BY_ID[passage.target.connection.provider]
    headers = {"content-type": "application/json", "accept-encoding": "identity", **provider.headers}
    wanted = _UPSTREAM if passage.translation is None else _ANYWHERE
    for name, text in incoming.headers:
        if name in wanted:
            headers[wanted[name]] = text.decode("latin-1")
    auth = provider.auths.get(passage.speaks, provider.auth)
    headers |= credential_headers(auth, provider_key(connection, vault))
    root = provider.roots.get(passage.speaks, "")
    url = connection.base_url + root + passage.there.upstream(passage.target.model)
    return UpstreamRequest("POST", url, headers, body, timeouts)


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


def headers_for_client(headers: Mapping[str, str], content_type: str = "") -> dict[str, str]:
    """The provider's headers that the application may see; with a content type of ours where it changed."""
    seen = {
        name: value for name, value in headers.items() if name in _DOWNSTREAM or name.startswith(_RATE_LIMITS)
    }
    return seen | {"content-type": content_type} if content_type else seen


def scrubbed(body: bytes, key: str) -> bytes:
    """An error body without the provider key, which some providers repeat in it."""
    return body.replace(key.encode(), b"[provider key]") if key else body
