"""The text as a reader sees it: without undrawn characters, in plain letters of one script."""

import re
import unicodedata

import re2

from llm_gateway.guard.view import View
from llm_gateway.guard.views.characters import (
    INVISIBLE,
    JOINED,
    LOOKALIKE_CLASS,
    LOOKALIKES,
    MARKS,
    STYLED_ALIKE,
    STYLED_CLASS,
    STYLED_LONGER,
)
from llm_gateway.guard.views.edits import cut, edited

_UNDRAWN = (
    rf"[{INVISIBLE}]+|(?<=[{JOINED}])[\u200c\u200d\ufe00-\ufe0f]+(?!\u20e3)"
    rf"|[\u200c\u200d]+(?=[{JOINED}])|[\u200b-\u200d\ufe00-\ufe0f]{{2,}}"
)
_MARKED = rf"[^\W\d_]?[{MARKS}]+|[ \t][{MARKS}]+"
_MIXED = rf"[A-Za-z][{LOOKALIKE_CLASS}]|[{LOOKALIKE_CLASS}][A-Za-z]"

_EDITED = re.compile(f"({_UNDRAWN}|{_MARKED}|[{''.join(STYLED_LONGER)}])")
_STYLED = re2.compile(f"[{STYLED_CLASS}]".encode())
_MIXED_ANYWHERE = re2.compile(_MIXED.encode())
_MIXES = re.compile(_MIXED)
_MARK = re.compile(f"[{MARKS}]")
_WORD = re.compile(r"[^\W\d_]+")


def normalised(view: View) -> View | None:
    """None when the text reads the same."""
    text = view.text.translate(STYLED_ALIKE) if _STYLED.search(_bytes(view.text)) else view.text
    result = edited(view, "normalised", cut(text, _EDITED, _plain))
    if _MIXED_ANYWHERE.search(_bytes(result.text)):
        result = result._replace(text=_WORD.sub(_latin, result.text))
    return None if result.text == view.text else result


def _plain(part: str) -> str:
    if part in STYLED_LONGER:
        return STYLED_LONGER[part]
    return _unmarked(part) if _MARK.search(part) else ""


def _unmarked(cluster: str) -> str:
    """The letter with the one mark that its language gives it, and none piled on."""
    composed = unicodedata.normalize("NFC", cluster)
    return composed[0] if not unicodedata.combining(composed[0]) else ""


def _latin(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii() or not _MIXES.search(word):
        return word
    return word.translate(LOOKALIKES)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
