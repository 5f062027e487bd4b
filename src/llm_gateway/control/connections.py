"""Connections, as they come into being with a gateway key.

Each gateway key gets a connection of its own, also when provider, base URL and provider key equal
those of another. Sharing would save one row and cost more: whether a key is already known would
show, and revoking one gateway key could not erase the provider key that came with it.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from llm_gateway.control import checks
from llm_gateway.control.deps import ControlDeps
from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.keys import Connection, Route
from llm_gateway.domain.secret import Secret
from llm_gateway.ports.keystore import KeyStore
from llm_gateway.providers import Provider


@dataclass(frozen=True, slots=True)
class Destination:
    """What an operator enters: a provider by id, its key, and a base URL where it is not the usual."""

    provider: str
    provider_key: Secret | None = None
    base_url: str | None = None


async def connect(deps: ControlDeps, wanted: Destination, *, key_field: str = "provider_key") -> Connection:
    """A new connection with the provider key sealed to its destination. Raises BadRequest."""
    provider, base_url, key = await checked(deps, wanted, key_field=key_field)
    connection_id = deps.new_id("con")
    sealed = deps.vault.seal(connection_id, deps.project, provider.id, base_url, Secret(key)) if key else ""
    return Connection(
        id=connection_id,
        project=deps.project,
        provider=provider.id,
        base_url=base_url,
        sealed_key=sealed,
        name=provider.title,
        created_at=deps.clock.now(),
    )


async def checked(
    deps: ControlDeps, wanted: Destination, *, key_field: str = "provider_key"
) -> tuple[Provider, str, str]:
    """The provider, its base URL and its key (empty where none is needed). Raises BadRequest."""
    provider = _provider(deps, wanted.provider)
    base_url = await _base_url(deps, provider, wanted.base_url)
    return provider, base_url, _provider_key(provider, wanted.provider_key, key_field)


def connections_of(route: Route | None) -> tuple[str, ...]:
    """The ids of all connections that a route leads to."""
    if route is None:
        return ()
    return (route.connection_id, *(other.connection_id for other in route.alternatives))


def connections_to(store: KeyStore, route: Route | None) -> dict[str, Connection]:
    """The connections that a route leads to, by id. Blocks: reads the store."""
    found = map(store.connection, connections_of(route))
    return {connection.id: connection for connection in found if connection is not None}


def _provider(deps: ControlDeps, provider_id: str) -> Provider:
    provider = deps.providers.get(provider_id)
    if provider is None:
        known = ", ".join(deps.providers)
        raise BadRequest(f"Unknown provider; known are: {known}.", code="unknown_provider", param="provider")
    return provider


async def _base_url(deps: ControlDeps, provider: Provider, given: str | None) -> str:
    if provider.fixed:
        if given is not None and given.rstrip("/") != provider.base_url:
            raise BadRequest(f"{provider.title} takes no base_url.", param="base_url")
        return provider.base_url or ""
    url = given or provider.base_url
    if url is None:
        raise BadRequest(f"{provider.title} needs a base_url, such as https://host/v1.", param="base_url")
    url = _shaped(url)
    # A known provider's own https address needs no look-up now; like every other it is vetted again
    # at each connection, and creating a key must not depend on the network of this moment.
    if url != provider.base_url or not url.startswith("https:"):
        await deps.vet(url)
    return url


def _shaped(url: str) -> str:
    """http or https, a host, a path; nothing that two readers could read differently."""
    url = checks.text(url, "base_url", longest=checks.URL_LENGTH).rstrip("/")
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port != 0
    except ValueError:
        raise _bad_url() from None
    plain = url.isascii() and not any(character in url for character in "\\ \"'<>{}|^`@?#%")
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain or not port_is_fine:
        raise _bad_url()
    return url


def _bad_url() -> BadRequest:
    return BadRequest(
        "base_url must be http(s)://host[:port]/path, without user, query, fragment or escapes.",
        param="base_url",
    )


def _provider_key(provider: Provider, given: Secret | None, field: str) -> str:
    key = checks.provider_key(given.reveal(), field) if given is not None else ""
    if not key and not provider.key_optional:
        where = f" Get one at {provider.key_page}." if provider.key_page else ""
        raise BadRequest(f"{field} must hold the API key of {provider.title}.{where}", param=field)
    return key
