"""Whether a value looks drawn at random, or is a word, an identifier or a stand-in."""

import re
from itertools import pairwise

_STAND_IN = re.compile(
    r"example|placeholder|changeme|your[_-]?|insert|replace|dummy|redacted|xxxx|\*\*\*\*|\.\.|"
    r"<|>|\$\{|\{\{|%\(|todo|sample|fake",
    re.IGNORECASE,
)
_HEX = re.compile(r"(?:[0-9]+[a-f]|[a-f]+[0-9])[0-9a-f]*")
_DIGEST = 20
_FEWEST = 5
_TURNS_OF_A_TOKEN = 0.1
_TURNS_OF_A_SECRET = 0.18


def varied(value: str) -> bool:
    """At least five different characters, and no one character making up half of the value."""
    return len(set(value)) >= _FEWEST and max(map(value.count, set(value))) * 2 <= len(value)


def stand_in(value: str) -> bool:
    """What documentation writes where a secret would stand."""
    return _STAND_IN.search(value) is not None


def turns(value: str) -> float:
    """Changes between small letters, capitals and digits, per character: high in random text.

    A capital that begins a word does not count. Words and identifiers have few changes
    (`clientSecretName2`: below 0.18); random text has 0.3 (base32) to 0.5 (hexadecimal).
    """
    kinds = ["u" if char.isupper() else "d" if char.isdigit() else "l" for char in value if char.isalnum()]
    return sum(one != two and one + two != "ul" for one, two in pairwise(kinds)) / max(len(kinds), 1)


def token_like(value: str) -> bool:
    """For a value of the right shape near the name of its service."""
    return varied(value) and not stand_in(value) and turns(value) >= _TURNS_OF_A_TOKEN


def marked(value: str) -> bool:
    """For a value that carries the mark of its service."""
    return len(set(value)) >= _FEWEST and "EXAMPLE" not in value and "xxxxx" not in value.lower()


def secret_like(value: str) -> bool:
    """For a value of no particular shape that is assigned to a name like `api_key`."""
    if _HEX.fullmatch(value):
        return len(value) >= _DIGEST and varied(value)
    return (
        varied(value)
        and not stand_in(value)
        and turns(value) >= _TURNS_OF_A_SECRET
        and any(char.isdigit() for char in value)
        and any(char.isalpha() for char in value)
    )
