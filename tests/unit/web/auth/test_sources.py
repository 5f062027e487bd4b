"""Whose address counts behind reverse proxies."""

from ipaddress import ip_network

import pytest

from llm_gateway.web.auth.sources import Sources

TRUSTED = Sources((ip_network("10.0.0.0/8"), ip_network("fd00::/8")))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", "198.51.100.9", "192.0.2.1"),
        ("10.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "203.0.113.7, 198.51.100.9", "198.51.100.9"),
        ("10.0.0.1", "203.0.113.7, 198.51.100.9, 10.0.0.2", "198.51.100.9"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("::ffff:10.0.0.1", "198.51.100.9", "198.51.100.9"),
        ("fd00::1", "2001:db8::5", "2001:db8::5"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "forged", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.9, 10.0.0.2:80", "10.0.0.1"),
        ("10.0.0.1", "\x00" * 1000, "10.0.0.1"),
        ("", "198.51.100.9", ""),
    ],
)
def test_only_trusted_proxies_are_believed(peer: str, forwarded: str, expected: str) -> None:
    """What a visitor writes into the header himself changes nothing."""
    assert TRUSTED.of(peer, [(b"x-forwarded-for", forwarded.encode())]) == expected


def test_several_headers_are_one_list() -> None:
    """As HTTP has it; the last entry is the nearest."""
    headers = [(b"x-forwarded-for", b"203.0.113.7"), (b"x-forwarded-for", b"198.51.100.9")]

    assert TRUSTED.of("10.0.0.1", headers) == "198.51.100.9"
    assert Sources().of("10.0.0.1", headers) == "10.0.0.1"
