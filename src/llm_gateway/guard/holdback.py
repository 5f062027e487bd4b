"""How much of a growing text must wait.

While an answer streams, its last characters may be the beginning of something that a detector will
recognise only when more has arrived. `settled` says how much of the text cannot be part of anything
that is still growing: ordinary words are settled as soon as they are followed by a space.
"""

import re

# What may still be growing at the end of a text. Looked for in the last few hundred characters only.
_GROWING = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\S)\S+\Z",  # a word, a token, an address
        r"(?<!\w)[+(]?\d[\d\s().\-/]*\Z",  # groups of digits: cards, phones
        r"(?<!\w)[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{1,4})*\s?\Z",  # IBANs in groups
        r"!?\[[^\[\]\n]*(?:\](?:\([^()\n]*)?)?\Z",  # markdown links and images
        r"<[a-zA-Z/!][^<>]*\Z",  # HTML tags
        r"-----BEGIN[^\n]*\Z",  # key blocks
    )
)


def settled(text: str, limit: int, *, words: bool) -> int:
    """The number of leading characters of `text` that can go.

    `limit` is the most that may be held back. With `words` false the last `limit` characters always
    wait, for detectors that look at more than single words.
    """
    floor = max(0, len(text) - limit)
    if not words:
        return floor
    tail = text[floor:]
    starts = [match.start() for pattern in _GROWING if (match := pattern.search(tail))]
    return floor + min(starts, default=len(tail))
