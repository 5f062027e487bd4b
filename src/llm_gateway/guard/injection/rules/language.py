"""What the rules of another language consist of."""

from typing import NamedTuple


class Language(NamedTuple):
    """Patterns for: drop your earlier instructions, show your prompt, act without restrictions.

    `samples` are one for each of the three, `harmless` are three look-alikes.
    """

    code: str
    override: tuple[str, ...]
    extraction: tuple[str, ...]
    persona: tuple[str, ...]
    samples: tuple[str, str, str]
    harmless: tuple[str, str, str]
