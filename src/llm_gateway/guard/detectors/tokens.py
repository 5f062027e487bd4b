"""Words of a text, folded, with their places: what keywords are compared with.

A word is a run of letters, digits and the marks that belong to them. Scripts that put no space
between words (Han, Kana, Thai and its neighbours) give one word for each character. Letters that
Unicode takes for the same (compatibility forms, upper and lower case) are folded to one.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# `re` takes vowel signs of Indic scripts and combining accents for borders; here they belong to words.
_MARKS = "".join(
    chr(code)
    for start, stop in ((0x300, 0x3100), (0xA800, 0xABFF), (0xFE20, 0xFE30))
    for code in range(start, stop)
    if unicodedata.category(chr(code)).startswith("M")
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:[^\W_{_UNSPACED}]|[{_MARKS}])+")


class Token(NamedTuple):
    """A folded word and where it stands."""

    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` in order."""
    for match in _TOKEN.finditer(text):
        yield Token(folded_word(match[0]), match.start(), match.end())


def folded_word(word: str) -> str:
    """One form for all spellings of a word."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
