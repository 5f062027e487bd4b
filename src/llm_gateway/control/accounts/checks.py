"""Checks of what people enter about themselves. All raise BadRequest, never repeating the value."""

import re
import unicodedata

from llm_gateway.control import checks
from llm_gateway.domain.accounts import Role
from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.secret import Secret

EMAIL_LENGTH = 254
PASSWORD_LENGTH = 12
PASSWORD_LONGEST = 256
_DIFFERENT = 5

_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}")
"""What the HTML standard takes for an address, in lower case."""


def email(value: str) -> str:
    """An address in lower case, as members are told apart by it."""
    value = value.strip().lower()
    if len(value) > EMAIL_LENGTH or not _EMAIL.fullmatch(value):
        raise BadRequest("email must be an e-mail address.", param="email")
    return value


def name(value: str, address: str) -> str:
    """A name for people; the part before the @ for who gives none."""
    return checks.name(value) or address.partition("@")[0]


def password(value: Secret, address: str) -> Secret:
    """Long enough, and nothing that is guessed first. Composed characters count as one spelling."""
    text = normal(value).reveal()
    if not PASSWORD_LENGTH <= len(text) <= PASSWORD_LONGEST:
        raise BadRequest(
            f"password must have {PASSWORD_LENGTH} to {PASSWORD_LONGEST} characters; a few words in a row "
            "make a good one.",
            param="password",
            code="weak_password",
        )
    if len(set(text)) < _DIFFERENT or text.lower() in (address, address.partition("@")[0]):
        raise BadRequest(
            "password is too easy to guess; a few words in a row make a good one.",
            param="password",
            code="weak_password",
        )
    return Secret(text)


def normal(value: Secret) -> Secret:
    """One spelling for what looks the same, whichever keyboard it was typed on (NIST SP 800-63B)."""
    return Secret(unicodedata.normalize("NFKC", value.reveal()))


def role(value: str) -> Role:
    """One of the roles."""
    try:
        return Role(value)
    except ValueError:
        raise BadRequest(f"role must be one of {', '.join(Role)}.", param="role") from None
