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
    return f"{prefix}_{_base32(milliseconds, _TIME)}{_base32(int.from_bytes(randomness), _CHANCE)}"


# Two digits at a time: an id is made for every request.
_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
_TIME = range(40, -1, -10)
_CHANCE = range(70, -1, -10)


def _base32(number: int, shifts: range) -> str:
    return "".join([_PAIRS[number >> shift & 1023] for shift in shifts])
