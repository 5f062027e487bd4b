"""Escapes that stand inside a text: URL, HTML, backslash, quoted-printable. Decoded in place."""

import html
import re
from collections.abc import Callable

from llm_gateway.guard.view import View
from llm_gateway.guard.views.edits import cut, edited, excerpt

_URL = re.compile(r"((?:%[0-9A-Fa-f]{2})+)")
_HTML = re.compile(r"(&(?:#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};))")
_UNICODE = re.compile(
    r"((?<!\\)(?:\\++(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]{1,6}\}|[0-3][0-7]{2}))+)"
)
_ONE = re.compile(r"\\+([uUx]?)\{?([0-9A-Fa-f]+)\}?")
_QUOTED = re.compile(r"((?:=[0-9A-F]{2})+|=\r?\n)")

NEEDLESS = 4
"""So many escaped ASCII letters or digits, which nothing requires to be escaped, mean concealment."""


def url(view: View) -> View | None:
    return _in_place(view, "url", _URL, _from_url)


def entities(view: View) -> View | None:
    return _in_place(view, "html", _HTML, html.unescape)


def unicode(view: View) -> View | None:
    return _in_place(view, "unicode", _UNICODE, _from_escapes)


def quoted_printable(view: View) -> View | None:
    return _in_place(view, "quoted-printable", _QUOTED, _from_quoted)


def _in_place(view: View, name: str, pattern: re.Pattern[str], decode: Callable[[str], str]) -> View | None:
    parts = cut(view.text, pattern, decode)
    if parts.new == parts.old:
        return None
    readings = dict(zip(parts.old[1::2], parts.new[1::2], strict=True))
    weights = {old: _needless(old, new) for old, new in readings.items()}
    hidden = sum(map(weights.__getitem__, parts.old[1::2])) >= NEEDLESS
    return edited(view, name, excerpt(parts), hidden)


def _needless(old: str, new: str) -> int:
    """How many ASCII letters and digits were written as escapes."""
    if old == new or not new.isascii():
        return 0
    return sum(map(str.isalnum, new[:64]))


def _from_url(found: str) -> str:
    return bytes.fromhex(found.replace("%", "")).decode("utf-8", "replace")


def _from_quoted(found: str) -> str:
    return bytes.fromhex(found.replace("=", "").strip()).decode("utf-8", "replace")


def _from_escapes(found: str) -> str:
    points = [_point(kind, digits) for kind, digits in _ONE.findall(found)]
    text = "".join(chr(point) for point in points if point <= 0x10FFFF)
    if max(text, default="") >= "\ud800" and any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if all(kind == "x" for kind, _ in _ONE.findall(found)) and not text.isascii():
        text = bytes(map(ord, text)).decode("utf-8", "replace")
    return text


def _point(kind: str, digits: str) -> int:
    return int(digits, 16 if kind else 8)
