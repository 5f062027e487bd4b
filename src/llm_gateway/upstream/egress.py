"""Where the gateway may connect to: nobody's base URL reaches into the operator's own network.

A base URL is parsed once, by the parser whose result is then used. Its host is resolved, and every
address it has must be public; the connection is made to one of exactly these addresses. All of it
again for every new connection, so that a DNS answer that changes between check and use gains nothing.
"""

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from yarl import URL

from llm_gateway.domain.errors import BadRequest
from llm_gateway.upstream.names import Resolve, resolve_with_system

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# The whole of an acceptable URL. It leaves no room for what parsers disagree about: userinfo, signs
# in ports, backslashes, blanks, controls, escapes or other scripts in the host, fragments.
_URL = re.compile(r"https?://(?:\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?(?:[/?][!\"$-\[\]^-~]*)?")
_LABEL = r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)"
_NAME = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}")
# A last label of digits, or 0x and digits, makes resolvers read the whole name as an IPv4 address.
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)")
# Mail, shells and the like answer HTTP with something, and their owners expect no HTTP.
_REFUSED_PORTS = frozenset((*range(80), *range(81, 443), *range(444, 1024), 2049, 3659, 6000, 6665, 6697))

# Everything else of version 6 is not for the public internet, or not in use (RFC 4291, IANA).
_GLOBAL_UNICAST_6 = ip_network("2000::/3")

# What lies inside the unicast space and still leads elsewhere or nowhere: the special-purpose
# registries of IANA (RFC 6890), whole, because Python's own notion of "global" differs between
# releases; and addresses of cloud metadata services that look public.
_NEVER: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers (RFC 6598)
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",  # also Oracle's metadata service
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo and others (RFC 4380)
        "2001:db8::/32",
        "2002::/16",  # 6to4 (RFC 3056)
        "2620:4f:8000::/48",
        "3fff::/20",  # documentation (RFC 9637)
    )
)


class EgressRefused(Exception):
    """The destination is not one the gateway connects to. The message names the remedy."""


def parse_url(text: str) -> URL:
    """`text` as the URL that is used to connect. Raises EgressRefused when it is not plainly one.

    Accepted are http and https, a host name or an address in its usual spelling, a port, a path and
    a query. Refused: userinfo, fragments, other ports than 80, 443 and those from 1024 up, addresses
    in decimal, octal or hexadecimal spelling, backslashes, blanks and control characters.
    """
    if len(text) > 2048 or not _URL.fullmatch(text):
        raise EgressRefused(
            "The base URL must be https://, a host, perhaps a port and a path, in plain ASCII; "
            "no user name, no fragment, no blank."
        )
    try:
        url = URL(text, encoded=True)
        host, port = url.raw_host, url.port
    except ValueError as error:
        raise EgressRefused("The base URL cannot be parsed.") from error
    if not host or url.user is not None or url.raw_fragment:
        raise EgressRefused("The base URL must have a host, and no user name and no fragment.")
    _check_host(host)
    if port is None or port in _REFUSED_PORTS:
        raise EgressRefused("The base URL must use port 443 (80 for http) or a port from 1024 up.")
    return url


def _check_host(host: str) -> None:
    if literal(host) is not None:
        return
    if ":" in host or _NUMBER.fullmatch(host.rstrip(".")):
        raise EgressRefused("Write the address in its usual form, such as 192.0.2.1 or [2001:db8::1].")
    if len(host) > 253 or not _NAME.fullmatch(host.removesuffix(".")):
        raise EgressRefused("The host of the base URL is not a host name.")


def literal(host: str) -> Address | None:
    """The address that `host` spells, if it is one. A zone (fe80::1%eth0) is not accepted."""
    try:
        return None if "%" in host else ip_address(host)
    except ValueError:
        return None


def origin_of(url: URL) -> str:
    """scheme://host:port, the port always written, for comparing and for sealing."""
    host = url.raw_host or ""
    return f"{url.scheme}://{f'[{host}]' if ':' in host else host.lower()}:{url.port}"


def is_public(address: Address) -> bool:
    """Whether `address` is a unicast address of the public internet and of no transition scheme."""
    if address.version == 6 and address not in _GLOBAL_UNICAST_6:
        return False
    return not any(address in network for network in _NEVER if network.version == address.version)


def check_addresses(addresses: Sequence[str], allow: Iterable[Network], *, plain: bool) -> None:
    """Refuse unless every address is public or in `allow`; over plain http, all in `allow`.

    One private address among public ones refuses all: which one is connected to is chance, and a
    name that mixes them is not an honest one.
    """
    networks = tuple(allow)
    if not addresses:
        raise EgressRefused("The host of the base URL has no address.")
    for text in addresses:
        address = literal(text)
        if address is None:
            raise EgressRefused("The host of the base URL resolves to something that is not an address.")
        allowed = any(address in network for network in networks if network.version == address.version)
        if not allowed and plain:
            raise EgressRefused(
                "Use https: plain http is only for networks in the setting egress_allow "
                "(LLM_GATEWAY_EGRESS_ALLOW)."
            )
        if not allowed and not is_public(address):
            raise EgressRefused(
                "The base URL leads to an address that is not public. If that is meant, add its network "
                "to the setting egress_allow (LLM_GATEWAY_EGRESS_ALLOW)."
            )


async def vet_base_url(url: str, allow: Iterable[Network], resolve: Resolve = resolve_with_system) -> str:
    """The normalised origin (scheme://host:port) of a base URL that may be connected to now.

    For the moment a connection is created or changed, so that its owner hears of a mistake at once;
    every connection made later is vetted again. Raises BadRequest with the remedy.
    """
    try:
        parsed = parse_url(url)
        host = parsed.raw_host or ""
        addresses = [host] if literal(host) else await resolve(host, parsed.port or 0)
        check_addresses(addresses, allow, plain=parsed.scheme == "http")
    except EgressRefused as refused:
        raise BadRequest(str(refused), code="base_url_refused", param="base_url") from refused
    except OSError as error:
        message = "The host of the base URL cannot be resolved; check its spelling."
        raise BadRequest(message, code="base_url_refused", param="base_url") from error
    return origin_of(parsed)
