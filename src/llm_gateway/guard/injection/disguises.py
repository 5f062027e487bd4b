"""Readings of text in disguises that a model sees through and a classifier does not.

Beside the views that every detector gets: letters that each carry an accent, letters turned upside
down, letters that a backspace takes away again. The span of such a reading is all of its original.
"""

import unicodedata
from collections.abc import Iterable, Iterator

from llm_gateway.guard.view import View

_TURNED = dict(zip("ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz˙'¿¡„‾", 'abcdefghijklmnopqrstuvwxyz.,?!"_', strict=True))
_ONLY_TURNED = frozenset("ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ")
_MIRRORED = str.maketrans("()[]{}<>", ")(][}{><")

FEWEST = 6
"""Disguised letters without which a text is not looked at."""


def undisguised(views: Iterable[View]) -> Iterator[View]:
    """The views, and what shows when a disguise is taken off one of the first two."""
    for number, view in enumerate(views):
        yield view
        if number < 2 and not view.text.isascii():
            yield from _plain(view, "upside-down", _upright(view.text))
            yield from _plain(view, "accents", _without_accents(view.text))
        if "\b" in view.text:
            yield from _plain(view, "backspaces", _after_backspaces(view.text))


def _plain(view: View, name: str, text: str | None) -> Iterator[View]:
    if text is not None and text != view.text:
        yield View(name, text, True, view, (0,), (0,), (len(view.text),))


def _upright(text: str) -> str | None:
    if sum(char in _ONLY_TURNED for char in text) < FEWEST:
        return None
    return "".join(_TURNED.get(char, char) for char in reversed(text)).translate(_MIRRORED)


def _without_accents(text: str) -> str | None:
    """The letters alone, if most of them carry marks; languages with accents have far fewer."""
    apart = unicodedata.normalize("NFD", text)
    marks = sum(unicodedata.combining(char) > 0 for char in apart)
    letters = sum(char.isalpha() for char in apart)
    if marks < FEWEST or marks < 0.6 * letters:
        return None
    return "".join(char for char in apart if not unicodedata.combining(char))


def _after_backspaces(text: str) -> str:
    kept: list[str] = []
    for char in text:
        if char != "\b":
            kept.append(char)
        elif kept:
            kept.pop()
    return "".join(kept)
