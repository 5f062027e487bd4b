"""The door through which aiohttp gets addresses: only vetted ones come out."""

import socket
from collections.abc import Iterable

from aiohttp.abc import AbstractResolver, ResolveResult

from llm_gateway.upstream.egress import Network, check_addresses
from llm_gateway.upstream.names import Resolve


class VettedResolver(AbstractResolver):
    """Resolves and vets in one step, for every new connection; aiohttp connects to what it is given.

    The host's name stays with the connection for TLS: the certificate is checked against it.
    """

    def __init__(self, resolve: Resolve, allow: Iterable[Network], *, plain: bool) -> None:
        self._resolve = resolve
        self._allow = tuple(allow)
        self._plain = plain

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises EgressRefused, or OSError when the name has no address."""
        addresses = await self._resolve(host, port)
        check_addresses(addresses, self._allow, plain=self._plain)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is held."""
