"""Text carried in characters that are not drawn: tags, variation selectors, zero-width bits."""

import re
from collections.abc import Iterator

from llm_gateway.guard.view import View
from llm_gateway.guard.views.edits import Run, gathered

_TAGS = re.compile("[\U000e0001-\U000e007f]{2,}")
_FLAG = "\U0001f3f4"
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_BITS = re.compile("[\u200b\u200c\u200d\u2060\u2062\u2063\u2064\ufeff]{16,}")
SMUGGLERS = f"{_TAGS.pattern}|{_SELECTORS.pattern}|{_BITS.pattern}"
_SMUGGLERS = re.compile(SMUGGLERS)


def smuggled(view: View) -> View | None:
    """What the undrawn characters spell, if they spell anything."""
    return gathered(view, "invisible", _spelled(view.text), True)


def _spelled(text: str) -> Iterator[Run]:
    for match in _SMUGGLERS.finditer(text):
        run = match.group()
        if "\U000e0000" <= run[0] < "\U000e0100":
            spelled = _from_tags(run, text[max(0, match.start() - 1) : match.start()])
        elif run[0] in "\u200b\u200c\u200d\u2060\u2062\u2063\u2064\ufeff":
            spelled = _from_bits(run)
        else:
            spelled = _readable(bytes(map(_selector, run)))
        if spelled:
            yield Run(match.start(), match.end(), spelled)


def _from_tags(run: str, before: str) -> str:
    """Tag characters as ASCII. After a black flag they are a regional flag (Unicode TS 51)."""
    text = "".join(chr(ord(char) - 0xE0000) for char in run)
    if before == _FLAG and len(text) <= 8 and text.endswith("\x7f"):
        return ""
    return "".join(char for char in text if char.isprintable())


def _selector(char: str) -> int:
    """The byte that a variation selector stands for: the 256 of them are numbered in order."""
    point = ord(char)
    return point - 0xFE00 if point < 0xFF00 else point - 0xE0100 + 16


def _from_bits(run: str) -> str:
    """Two zero-width characters as 0 and 1, either way round."""
    kinds = sorted(set(run))
    if len(kinds) != 2:
        return ""
    for zero, one in (kinds, kinds[::-1]):
        bits = run.translate({ord(zero): "0", ord(one): "1"})
        text = _readable(bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8)))
        if text:
            return text
    return ""


def _readable(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    return text if text.isprintable() and "\ufffd" not in text else ""
