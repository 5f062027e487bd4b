"""Which readings a text has, in what order, within which bounds."""

from collections.abc import Callable

from llm_gateway.guard.view import View
from llm_gateway.guard.views import ciphers, escapes, lettering, runs
from llm_gateway.guard.views.gate import hints
from llm_gateway.guard.views.normalise import normalised
from llm_gateway.guard.views.smuggled import smuggled

Transformation = Callable[[View], View | None]

DEPTH = 3
VIEWS = 16
FACTOR, SPARE, MOST = 3, 4096, 2_000_000
"""All readings beyond the text itself: at most this many times its length, plus a little, and never more."""

_WHEN_HINTED: dict[str, Transformation] = {
    "normalised": normalised,
    "invisible": smuggled,
    "url": escapes.url,
    "html": escapes.entities,
    "unicode": escapes.unicode,
    "quoted-printable": escapes.quoted_printable,
    "base64": runs.base64,
    "hex": runs.hexadecimal,
    "binary": runs.binary,
    "codes": runs.codes,
    "spaced": lettering.spaced,
    "leet": lettering.leet,
    "rot13": ciphers.rot13,
    "reversed": ciphers.backward,
}


def views_of(text: str) -> tuple[View, ...]:
    """The text as sent, then every other reading that differs from it, nearest first."""
    root = View("text", text)
    first = _applicable(text)
    if not first:
        return (root,)
    return _explored(root, first)


def _applicable(text: str) -> list[Transformation]:
    hinted = hints(text)
    return [step for name, step in _WHEN_HINTED.items() if name in hinted] if hinted else []


def _explored(root: View, first: list[Transformation]) -> tuple[View, ...]:
    """Breadth first, so that bounds cut off the deepest readings and never a near one."""
    views, seen = [root], {root.text}
    left = min(FACTOR * len(root.text) + SPARE, MOST)
    level = [(root, first)]
    for depth in range(DEPTH):
        found: list[View] = []
        for view, steps in level:
            for step in steps:
                reading = step(view)
                if reading is None or reading.text in seen or len(reading.text) > left:
                    continue
                seen.add(reading.text)
                left -= len(reading.text)
                found.append(reading)
                if len(views) + len(found) >= VIEWS:
                    return (*views, *found)
        views += found
        level = [(view, _applicable(view.text)) for view in found] if depth + 1 < DEPTH else []
    return tuple(views)
