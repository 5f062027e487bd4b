"""Plausible values that stand for nobody: of the same type and form, always the same for one value.

Cards keep a valid check digit under a test prefix, IBANs their country, length and check digits;
addresses come from the ranges and domains reserved for documentation.
"""

from collections.abc import Callable

from llm_gateway.guard.masking import placeholder

_TEST_PREFIXES = {"4": "400000", "5": "555555", "3": "378282", "6": "601111", "2": "222300"}
_FIRST = "Alex Robin Sam Kim Jona Noa Lou Sasha Toni Charlie Luca Andrea Maxime Dana Nika Remy".split()  # noqa: SIM905
_LAST = "Adler Bell Cano Dorn Ekman Falk Gray Holm Iver Jansa Kova Lund Mora Novak Oller Pagel".split()  # noqa: SIM905
_PLACES = "Altmere Brookhaven Castell Dunmore Eastvale Fairholm Glenrock Highford".split()  # noqa: SIM905
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class _Choice:
    """An endless row of numbers derived from a value."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._number = 0
        self._round = 0

    def below(self, bound: int) -> int:
        if self._number < bound << 16:
            block = placeholder.digest(self._seed, "surrogate", str(self._round))
            self._number = int.from_bytes(block, "big")
            self._round += 1
        self._number, out = divmod(self._number, bound)
        return out


def of(secret: bytes, category: str, value: str, attempt: int = 0) -> str:
    """A stand-in for `value`. Another `attempt` gives another one."""
    shared = placeholder.canonical(category, value)
    choice = _Choice(placeholder.digest(secret, category, shared, str(attempt)))
    return _MAKERS.get(category, _alike)(value, choice)


def _alike(value: str, choice: _Choice) -> str:
    """Every letter and digit replaced by another of its kind; the rest kept."""
    return "".join(_other(char, choice) for char in value)


def _other(char: str, choice: _Choice) -> str:
    if char.isdigit():
        return str(choice.below(10))
    if char.isalpha():
        letter = _LETTERS[choice.below(26)]
        return letter if char.isupper() else letter.lower()
    return char


def _filled(form: str, characters: str) -> str:
    """`form` with its letters and digits replaced, in order, by `characters`."""
    rest = iter(characters)
    return "".join(next(rest, char) if char.isalnum() else char for char in form)


def _card(value: str, choice: _Choice) -> str:
    digits = [char for char in value if char.isdigit()]
    prefix = _TEST_PREFIXES.get(digits[0] if digits else "", "400000")
    body = prefix + "".join(str(choice.below(10)) for _ in digits[len(prefix) : -1])
    return _filled(value, body + str(_luhn_digit(body)))


def _luhn_digit(body: str) -> int:
    doubled = [int(char) * (2 if at % 2 == 0 else 1) for at, char in enumerate(reversed(body))]
    return -sum(number // 10 + number % 10 for number in doubled) % 10


def _iban(value: str, choice: _Choice) -> str:
    bare = "".join(char for char in value.upper() if char.isalnum())
    body = "".join(_other(char, choice) for char in bare[4:])
    digits = "".join(str(int(char, 36)) for char in f"{body}{bare[:2]}00")
    return _filled(value, f"{bare[:2]}{98 - int(digits) % 97:02d}{body}")


def _email(_: str, choice: _Choice) -> str:
    return f"{_FIRST[choice.below(16)]}.{_LAST[choice.below(16)]}{choice.below(10_000)}@example.com".lower()


def _phone(value: str, choice: _Choice) -> str:
    """The first half of the digits kept (country and area), the rest replaced."""
    kept = sum(char.isdigit() for char in value) // 2
    out = []
    for char in value:
        out.append(str(choice.below(10)) if char.isdigit() and kept <= 0 else char)
        kept -= char.isdigit()
    return "".join(out)


def _ssn(value: str, choice: _Choice) -> str:
    """An area number above 899 and a group below 50: never issued, not even as a tax number."""
    digits = f"9{choice.below(100):02d}{1 + choice.below(49):02d}{1 + choice.below(9999):04d}"
    return _filled(value, digits)


def _address(value: str, choice: _Choice) -> str:
    if ":" in value:
        return f"2001:db8::{choice.below(1 << 16):x}:{choice.below(1 << 16):x}"
    return f"{('192.0.2', '198.51.100', '203.0.113')[choice.below(3)]}.{1 + choice.below(254)}"


def _person(_: str, choice: _Choice) -> str:
    return f"{_FIRST[choice.below(16)]} {_LAST[choice.below(16)]}"


def _place(_: str, choice: _Choice) -> str:
    return _PLACES[choice.below(8)]


_MAKERS: dict[str, Callable[[str, _Choice], str]] = {
    "credit_card": _card,
    "iban": _iban,
    "email": _email,
    "phone": _phone,
    "us_ssn": _ssn,
    "ip_address": _address,
    "person": _person,
    "location": _place,
}
