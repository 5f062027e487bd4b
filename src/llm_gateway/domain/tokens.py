"""The written form of a gateway key: `lgw_live_<kid>_<secret>_<crc>`, 72 characters.

    kid      12 base62 characters, public: logs, addresses and the dashboard name a key by it
    secret   43 base62 characters, 256 bits
    crc       6 base62 characters of the CRC-32 over everything before its underscore

The check sum is no secret and proves nothing. It lets secret scanners report without false alarms,
and lets the gateway turn down junk before it looks anything up.
"""

import re
import zlib
from dataclasses import dataclass

from llm_gateway.domain.secret import Secret

PREFIX = "lgw_live_"
KID_LENGTH = 12
SECRET_LENGTH = 43
CRC_LENGTH = 6
TOKEN_LENGTH = len(PREFIX) + KID_LENGTH + 1 + SECRET_LENGTH + 1 + CRC_LENGTH
ENTROPY_BYTES = 32
KID_BYTES = 9

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PAIRS = tuple(first + second for first in _DIGITS for second in _DIGITS)
_KID = re.compile(r"[0-9A-Za-z]{12}")
_TOKEN = re.compile(r"lgw_live_([0-9A-Za-z]{12})_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}")


@dataclass(frozen=True, slots=True)
class MintedToken:
    """A gateway key as its holder gets it, once."""

    kid: str
    token: Secret

    @property
    def last4(self) -> str:
        """The end of the secret part, for telling keys apart; the check sum would tell nothing."""
        return self.token.reveal()[-CRC_LENGTH - 5 : -CRC_LENGTH - 1]


def mint_kid(randomness: bytes) -> str:
    """A key id from 9 random bytes."""
    if len(randomness) != KID_BYTES:
        raise ValueError(f"a key id takes {KID_BYTES} random bytes")
    return _base62(int.from_bytes(randomness) % 62**KID_LENGTH, KID_LENGTH)


def mint(kid: str, randomness: bytes) -> MintedToken:
    """A token for the key `kid` from 32 random bytes, which must come from the operating system."""
    if len(randomness) != ENTROPY_BYTES or not is_kid(kid):
        raise ValueError(f"a token takes a key id and {ENTROPY_BYTES} random bytes")
    head = f"{PREFIX}{kid}_{_base62(int.from_bytes(randomness), SECRET_LENGTH)}"
    return MintedToken(kid, Secret(f"{head}_{_checksum(head)}"))


def parse(token: str) -> str | None:
    """The key id of a well-formed token, else None. Looks at 72 characters at most."""
    if len(token) != TOKEN_LENGTH:
        return None
    match = _TOKEN.fullmatch(token)
    if match is None or _checksum(token[: -CRC_LENGTH - 1]) != token[-CRC_LENGTH:]:
        return None
    return match[1]


def is_kid(text: str) -> bool:
    """Whether `text` has the shape of a key id."""
    return _KID.fullmatch(text) is not None


def _checksum(head: str) -> str:
    """Six digits, two at a time: every request pays for this."""
    upper, last = divmod(zlib.crc32(head.encode("ascii")), 62 * 62)
    first, middle = divmod(upper, 62 * 62)
    return _PAIRS[first] + _PAIRS[middle] + _PAIRS[last]


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
