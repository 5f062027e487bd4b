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

_LONGER = f"[{''.join(STYLED_LONGER)}]"
_HERE = rf"(?=[{INVISIBLE}\u200b-\u200d\ufe00-\ufe0f{''.join(STYLED_LONGER)}])"
"""One look at a character settles most of them."""
_EDITED = re.compile(f"({_HERE}(?:{_UNDRAWN}|{_LONGER}))")
_EDITED_WITH_MARKS = re.compile(f"({_UNDRAWN}|{_MARKED}|{_LONGER})")
_MARKED_ANYWHERE = re2.compile(f"[{MARKS}]".encode())
_STYLED = re2.compile(f"[{STYLED_CLASS}]".encode())
_MIXED_ANYWHERE = re2.compile(_MIXED.encode())
_MIXES = re.compile(_MIXED)
_MARK = re.compile(f"[{MARKS}]")
_WORD = re.compile(rf"(?<![A-Za-z])[A-Za-z]*+[{LOOKALIKE_CLASS}][^\W\d_]*+")


def normalised(view: View) -> View | None:
    """None when the text reads the same."""
    text = view.text.translate(STYLED_ALIKE) if _STYLED.search(_bytes(view.text)) else view.text
    pattern = _EDITED_WITH_MARKS if _MARKED_ANYWHERE.search(_bytes(text)) else _EDITED
    result = edited(view, "normalised", cut(text, pattern, _plain))
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
    return word.translate(LOOKALIKES) if _MIXES.search(word) else word


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
