"""Where the gateway may connect to."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.errors import BadRequest
from llm_gateway.upstream.egress import EgressRefused, check_addresses, is_public, parse_url, vet_base_url
from llm_gateway.upstream.names import Resolve

GROUPS = yaml.safe_load(Path(__file__).with_name("urls.yaml").read_text(encoding="utf-8"))
CORPUS = [tuple(entry) for entries in GROUPS.values() for entry in entries]
PRIVATE = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def resolving(addresses: Sequence[str] | None) -> Resolve:
    async def resolve(host: str, port: int) -> list[str]:
        assert addresses is not None, f"{host} was looked up"
        return list(addresses)

    return resolve


def test_the_corpus_is_large_enough() -> None:
    """It cannot shrink unnoticed."""
    assert len(CORPUS) >= 120


@pytest.mark.parametrize(("url", "addresses", "expected"), CORPUS, ids=[repr(entry[0]) for entry in CORPUS])
async def test_corpus(url: str, addresses: list[str] | None, expected: str) -> None:
    """Every base URL is accepted with its origin, or refused with a remedy and without a look-up
    when its text alone is reason enough."""
    if expected != "refused":
        assert await vet_base_url(url, (), resolving(addresses)) == expected
        return
    with pytest.raises(BadRequest) as refused:
        await vet_base_url(url, (), resolving(addresses))
    assert (refused.value.code, refused.value.param) == ("base_url_refused", "base_url")


@pytest.mark.parametrize(
    ("url", "addresses", "origin"),
    [
        ("http://10.1.2.3:11434/v1", None, "http://10.1.2.3:11434"),
        ("http://ollama.internal:11434/v1", ["10.1.2.3", "fd00::1"], "http://ollama.internal:11434"),
        ("https://vllm.internal/v1", ["10.1.2.3"], "https://vllm.internal:443"),
        ("http://[fd00::1]/v1", None, "http://[fd00::1]:80"),
        ("https://mixed.example/v1", ["10.1.2.3", "8.8.8.8"], "https://mixed.example:443"),
    ],
)
async def test_allowed_networks(url: str, addresses: list[str] | None, origin: str) -> None:
    """What the operator allows is reachable, also by plain http."""
    assert await vet_base_url(url, PRIVATE, resolving(addresses)) == origin


@pytest.mark.parametrize(
    ("url", "addresses", "remedy"),
    [
        ("http://ollama.internal:11434/", ["8.8.8.8"], "https"),
        ("http://mixed.example/", ["10.1.2.3", "8.8.8.8"], "https"),
        ("https://192.168.0.1/", None, "LLM_GATEWAY_EGRESS_ALLOW"),
        ("https://other.internal/", ["10.0.0.1", "192.168.0.1"], "LLM_GATEWAY_EGRESS_ALLOW"),
    ],
)
async def test_allowing_one_network_allows_no_other(
    url: str, addresses: list[str] | None, remedy: str
) -> None:
    """Plain http only into allowed networks, and the message says which setting it is about."""
    with pytest.raises(BadRequest, match=remedy):
        await vet_base_url(url, PRIVATE, resolving(addresses))


async def test_a_name_that_does_not_resolve_is_refused() -> None:
    """The message is about the spelling, not about sockets."""

    async def failing(host: str, port: int) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(BadRequest, match="spelling"):
        await vet_base_url("https://nowhere.example/", (), failing)


@given(st.ip_addresses())
def test_only_global_unicast_is_public(address: object) -> None:
    """Nothing that the standard library knows to be private, local or special passes."""
    given_address = ip_address(str(address))

    if is_public(given_address):
        assert given_address.is_global
        assert not given_address.is_multicast
        assert not given_address.is_reserved


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_refused(text: str) -> None:
    """No text makes the parser fail in another way."""
    for prefix in ("https://", "http://", ""):
        try:
            url = parse_url(prefix + text)
        except EgressRefused:
            continue
        assert url.host
        assert url.user is None


@given(st.from_regex(r"https://[!-~]{1,40}", fullmatch=True))
def test_what_is_checked_is_what_is_used(text: str) -> None:
    """The host that was vetted is the host in the text, by the plainest reading of it."""
    try:
        url = parse_url(text)
    except EgressRefused:
        return
    authority = text.removeprefix("https://").partition("/")[0].partition("?")[0]
    host = authority.removesuffix(f":{url.port}").removesuffix(":") if "[" not in authority else authority
    assert "[" in authority or (url.raw_host or "").lower() == host.lower()


def test_no_address_is_no_permission() -> None:
    """An empty answer must not count as all addresses being good."""
    with pytest.raises(EgressRefused):
        check_addresses((), PRIVATE, plain=False)
