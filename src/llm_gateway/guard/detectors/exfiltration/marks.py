"""Characters that act on a terminal, or that nobody sees."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Operating system commands (clipboard, links, titles), device control strings, then cursor and colour.
_COMMAND = re.compile(
    r"(?:\x1b[\]P_^X]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\n]{0,2000}(?:\x07|\x1b\\|\x9c)?"
)
_CONTROL = re.compile(r"(?:\x1b\[|\x9b)[0-?]{0,40}[ -/]{0,8}[@-~]?")
_OTHER = re.compile(r"\x1b[ -~]?|[\x08\x7f]{2,}")
_COLOUR = re.compile(r"(?:\x1b\[|\x9b)[0-9;:]*m")
_FLAG = "\U0001f3f4"

_TAGS = r"[\U000e0000-\U000e007f]+"
_SELECTORS = r"[\U000e0100-\U000e01ef]+|[\ufe00-\ufe0f]{2,}"
_ZERO_WIDTH = r"[\u200b\u2060-\u2064\ufeff\u180e]{2,}|[\u200b-\u200f\u2060-\u2064\ufeff\u180e]{4,}"
_DIRECTION = r"[\u202a-\u202e\u2066-\u2069]+"
_INVISIBLE = re.compile("|".join((_TAGS, _SELECTORS, _ZERO_WIDTH, _DIRECTION)))


class Mark(NamedTuple):
    """A run of such characters, how sure it is that it was meant, and what it is."""

    start: int
    end: int
    score: float
    what: str


def escapes_in(text: str) -> Iterator[Mark]:
    """Terminal escape sequences: commands first, then control sequences that are no mere colour."""
    if not _may_act(text):
        return
    for match in _COMMAND.finditer(text):
        yield Mark(*match.span(), 0.95, "a command to the terminal")
    for match in _CONTROL.finditer(text):
        colour = _COLOUR.fullmatch(match[0]) is not None
        yield Mark(
            *match.span(),
            0.5 if colour else 0.85,
            "a terminal colour" if colour else "a terminal control sequence",
        )
    for match in _OTHER.finditer(text):
        yield Mark(*match.span(), 0.6, "a terminal control character")


def invisible_in(text: str) -> Iterator[Mark]:
    """Runs of characters that hide text or turn its direction; flags made of tags are no such run."""
    if text.isascii():
        return
    for match in _INVISIBLE.finditer(text):
        if (
            match[0][0] >= "\U000e0000"
            and match[0][0] <= "\U000e007f"
            and text[match.start() - 1 : match.start()] == _FLAG
        ):
            continue
        turned = "\u202a" <= match[0][0] <= "\u202e" or "\u2066" <= match[0][0] <= "\u2069"
        yield Mark(
            *match.span(),
            0.6 if turned else 0.9,
            "turned writing direction" if turned else "invisible characters",
        )


def _may_act(text: str) -> bool:
    return any(
        char in text for char in ("\x1b", "\x9b", "\x9d", "\x90", "\x98", "\x9e", "\x9f", "\x08", "\x7f")
    )
