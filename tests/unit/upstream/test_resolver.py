"""The door through which aiohttp gets addresses."""

import socket
from ipaddress import ip_network

import pytest

from llm_gateway.upstream.egress import EgressRefused
from llm_gateway.upstream.names import resolve_with_system
from llm_gateway.upstream.resolver import VettedResolver


def resolver(*addresses: str, plain: bool = False) -> VettedResolver:
    async def resolve(host: str, port: int) -> list[str]:
        return list(addresses)

    return VettedResolver(resolve, (ip_network("10.0.0.0/8"),), plain=plain)


async def test_addresses_come_out_with_their_name() -> None:
    """The name stays for TLS; the addresses are literal, so that nobody resolves them again."""
    first, second = await resolver("8.8.8.8", "2606:4700::1").resolve("a.example", 443)

    assert (first["hostname"], first["host"], first["port"]) == ("a.example", "8.8.8.8", 443)
    assert (first["family"], second["family"]) == (socket.AF_INET, socket.AF_INET6)
    assert first["flags"] == socket.AI_NUMERICHOST


@pytest.mark.parametrize("addresses", [("127.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("fe80::1%1",), ()])
async def test_one_bad_address_refuses_all(addresses: tuple[str, ...]) -> None:
    """There is no connecting to the good half of a name."""
    with pytest.raises(EgressRefused):
        await resolver(*addresses).resolve("a.example", 443)


async def test_plain_http_reaches_allowed_networks_only() -> None:
    """A public address is no place for a provider key in clear text."""
    assert await resolver("10.0.0.1", plain=True).resolve("a.example", 80)
    with pytest.raises(EgressRefused, match="https"):
        await resolver("8.8.8.8", plain=True).resolve("a.example", 80)


async def test_the_machines_resolver_gives_each_address_once() -> None:
    """A literal is its own answer, whatever the kinds of socket."""
    assert await resolve_with_system("127.0.0.1", 80) == ["127.0.0.1"]
