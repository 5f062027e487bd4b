"""Where a request comes from, through reverse proxies."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
Headers = Iterable[tuple[bytes, bytes]]

_HOPS = 20
"""More entries than that nobody's proxies write."""


class Sources:
    """Believes X-Forwarded-For as far as trusted proxies wrote it, which is from its end."""

    def __init__(self, trusted: Sequence[Network] = ()) -> None:
        self._trusted = tuple(trusted)

    def of(self, peer: str, headers: Headers) -> str:
        """The address next to the first trusted proxy; the peer itself when that is none."""
        if not self._is_trusted(peer):
            return peer
        values = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
        for hop in reversed(",".join(values).split(",")[-_HOPS:]):
            address = _address(hop.strip())
            if address is None:
                return peer
            peer = str(address)
            if not self._is_trusted(peer):
                return peer
        return peer

    def _is_trusted(self, text: str) -> bool:
        address = _address(text) if self._trusted else None
        return address is not None and any(address in network for network in self._trusted)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """A version 4 address inside version 6 counts as what it is."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
