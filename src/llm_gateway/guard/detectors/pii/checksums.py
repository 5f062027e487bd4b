"""Check digits. Each function takes digits (or the letters its number allows) without separators."""

from collections.abc import Sequence

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS = {code: None for code in range(128) if chr(code) not in _BASE36}


def compact(value: str) -> str:
    """`value` without separators, upper-cased: letters and digits only."""
    return value.upper().translate(_SIGNS)


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: cards, IMEI, and several national numbers."""
    return luhn_remainder(digits) == 0


def luhn_remainder(digits: str) -> int:
    """The Luhn sum modulo 10; 0 for a valid number."""
    values = [int(char) for char in digits]
    return (sum(values[-1::-2]) + sum(_DOUBLED[value] for value in values[-2::-2])) % 10


def weighted(digits: str, weights: Sequence[int]) -> int:
    """The sum of digit times weight, over the shorter of the two."""
    return sum(int(char) * weight for char, weight in zip(digits, weights, strict=False))


def mod97(value: str) -> int:
    """ISO 7064 MOD 97-10 remainder of letters (A = 10) and digits; 1 for a valid number."""
    return int("".join(str(_BASE36.index(char)) for char in value)) % 97


def mod11_10(digits: str) -> bool:
    """ISO 7064 MOD 11,10: German tax id, Croatian OIB."""
    product = 10
    for char in digits[:-1]:
        total = (int(char) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10 == int(digits[-1])


_VERHOEFF_MULTIPLY = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_PERMUTE = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def verhoeff(digits: str) -> bool:
    """The dihedral check of Verhoeff: Indian Aadhaar."""
    check = 0
    for place, char in enumerate(reversed(digits)):
        check = int(_VERHOEFF_MULTIPLY[check][int(_VERHOEFF_PERMUTE[place % 8][int(char)])])
    return check == 0


def varied(digits: str) -> bool:
    """Whether the number is more than one digit repeated (0000000000 passes many checks)."""
    return len(set(digits)) > 1
