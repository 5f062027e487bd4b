"""Ids that sort by time, so that paging needs nothing but the id of the last row seen."""

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
RANDOM_BYTES = 10


def new_id(prefix: str, now: float, randomness: bytes) -> str:
    """`<prefix>_<26 characters>`: milliseconds since 1970 in 10 characters, then 80 random bits in 16.

    Crockford's base 32 in lower case, whose digits are in ASCII order. Ids made in the same
    millisecond are in no particular order.
    """
    if len(randomness) != RANDOM_BYTES:
        raise ValueError(f"an id takes {RANDOM_BYTES} random bytes")
    milliseconds = max(0, int(now * 1000)) & (2**48 - 1)
    return f"{prefix}_{_base32(milliseconds, 10)}{_base32(int.from_bytes(randomness), 16)}"


def _base32(number: int, length: int) -> str:
    return "".join(_DIGITS[number >> (5 * place) & 31] for place in reversed(range(length)))
