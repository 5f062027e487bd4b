"""How a placeholder is written and derived."""

import hmac
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that reads like a digit, no case to lose."""
CODE_SIZE = 8
VARIANT_SIZE = 2
_LABEL_SIZE = 16

_LABELS = {
    "credit_card": "CARD",
    "ip_address": "IP",
    "mac_address": "MAC",
    "us_ssn": "SSN",
    "bank_account": "ACCOUNT",
    "us_bank_routing": "ROUTING",
    "uk_sort_code": "SORTCODE",
    "date_of_birth": "BIRTHDATE",
    "url_credentials": "URL",
    "connection_string": "CONNECTION",
    "private_key": "PRIVATEKEY",
    "generic_secret": "SECRET",
}
_WITHOUT_SEPARATORS = frozenset(
    {
        "credit_card",
        "iban",
        "us_ssn",
        "phone",
        "bank_account",
        "us_bank_routing",
        "imei",
        "vin",
        "mac_address",
    }
)
_CODE = re.compile(rf"_([{ALPHABET}]{{{CODE_SIZE}}})(?![{ALPHABET}])", re.IGNORECASE)


def label_of(category: str) -> str:
    """The readable part for a category of finding: capitals and digits, at most 16."""
    if category in _LABELS:
        return _LABELS[category]
    letters = "".join(char for char in category.upper() if char.isascii() and char.isalnum())
    return letters[:_LABEL_SIZE] if letters and letters[0].isalpha() else "VALUE"


def canonical(category: str, value: str) -> str:
    """The form that all spellings of one value share."""
    if category == "email":
        return value.lower()
    if category in _WITHOUT_SEPARATORS or category.endswith("_id"):
        bare = "".join(char for char in value.upper() if char.isalnum())
        return f"+{bare}" if value.startswith("+") else bare or value
    return value


def digest(secret: bytes, *parts: str) -> bytes:
    """HMAC-SHA-256 over parts of any content, each preceded by its length."""
    message = b"".join(
        len(raw).to_bytes(8, "big") + raw for raw in (part.encode("utf-8", "surrogatepass") for part in parts)
    )
    return hmac.digest(secret, message, "sha256")


def code(secret: bytes, size: int, *parts: str) -> str:
    """`size` letters of the alphabet derived from `parts`."""
    number = int.from_bytes(digest(secret, *parts), "big")
    letters = []
    for _ in range(size):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def codes_in(text: str) -> set[str]:
    """All codes that stand in `text`, or could: they are not given to another value."""
    return {match[1].upper() for match in _CODE.finditer(text)} if "_" in text else set()
