"""Counts in answers, which providers leave out, or send as null."""

from typing import Any


def count(value: Any, name: str) -> int:
    """The non-negative integer that an object has under a name, else 0."""
    number = value.get(name) if type(value) is dict else None
    return number if type(number) is int and number >= 0 else 0
