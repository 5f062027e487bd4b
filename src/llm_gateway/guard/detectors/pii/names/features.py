"""Words of a text, and what the tagger sees of each."""

import re
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

BITS = 17
SIZE = 1 << BITS
_MASK = SIZE - 1
_UNSPACED = "\u0e00-\u0e7f\u2e80-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|\d+|\n|[^\w\s]|_")
_EDGE = 3
_LONGEST_SHAPE = 4


class Word(NamedTuple):
    """A word with its span, its small letters and its shape (`Xxxx`, `dd`, `.`)."""

    start: int
    end: int
    lower: str
    shape: str


_OUTSIDE = Word(0, 0, "", "")


def words_of(text: str) -> list[Word]:
    """Letters, digits, line ends and signs apart; scripts without spaces character by character."""
    return [
        Word(match.start(), match.end(), match[0].lower(), _shape(match[0])) for match in _WORD.finditer(text)
    ]


def _shape(word: str) -> str:
    if word.isdigit():
        return "d" * min(len(word), 6)
    if not word[0].isalpha():
        return word
    if word.isupper():
        return "X" * min(len(word), _LONGEST_SHAPE)
    body = "x" * min(len(word) - 1, _LONGEST_SHAPE - 1)
    return ("X" if word[0].isupper() else "x") + ("M" if any(map(str.isupper, word[1:])) else "") + body


def features(words: Sequence[Word]) -> list[list[int]]:
    """For each word the places of its features in the table of weights."""
    padded = [_OUTSIDE] * _EDGE + list(words) + [_OUTSIDE] * _EDGE
    return [_of(padded, at) for at in range(_EDGE, len(padded) - _EDGE)]


def _of(row: Sequence[Word], at: int) -> list[int]:
    _, _, w, s = row[at]
    _, _, w1, s1 = row[at - 1]
    _, _, w2, s2 = row[at - 2]
    _, _, v1, t1 = row[at + 1]
    _, _, v2, t2 = row[at + 2]
    seen = (
        *(
            f"0{w}",
            f"1{w1}|{w}",
            f"2{w}|{v1}",
            f"3{w[:2]}",
            f"4{w[:3]}",
            f"5{w[-2:]}",
            f"6{w[-3:]}",
            f"7{w[-4:]}",
        ),
        *(f"8{w1}", f"9{v1}", f"a{w2}", f"b{v2}", f"c{w2}|{w1}", f"d{v1}|{v2}", f"e{s}", f"f{s1}|{s}"),
        *(f"g{s}|{t1}", f"h{s1}|{s}|{t1}", f"i{s2}|{s1}|{s}|{t1}|{t2}", f"j{w1}|{s}", f"k{s}|{v1}"),
        *(f"l{row[at - 3].lower}", f"m{row[at + 3].lower}", f"n{w2}|{w1}|{s}", f"o{s}|{v1}|{v2}"),
        *(f"p{w1[-3:]}|{s}", f"q{s}|{v1[-3:]}", "r"),
    )
    return [crc32(feature.encode("utf-8", "replace")) & _MASK for feature in seen]


LEXICAL = 8
"""The first so many features depend on the word itself: training leaves them out now and then."""
