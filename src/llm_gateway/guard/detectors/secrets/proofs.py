"""Check sums that services put into their tokens."""

from zlib import crc32

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def base62(number: int, width: int) -> str:
    """`number` in base 62 (digits, capitals, small letters), padded with zeros to `width`."""
    out = ""
    while number:
        number, rest = divmod(number, 62)
        out = _BASE62[rest] + out
    return out.rjust(width, "0")


def crc_of_body(token: str) -> bool:
    """GitHub and npm: the last six characters are the CRC32 of the 30 between prefix and check sum."""
    body = token.split("_", 1)[1]
    return base62(crc32(body[:-6].encode()), 6) == body[-6:]


def crc_of_all(token: str) -> bool:
    """This gateway's own keys: the last six characters are the CRC32 of everything before them."""
    return base62(crc32(token[:-6].rstrip("_").encode()), 6) == token[-6:] or (
        base62(crc32(token[:-6].encode()), 6) == token[-6:]
    )
