"""Runs of characters that are a whole text in another notation: base64, hex, binary, decimal codes.

A run counts only if what it decodes to is mostly printable text, so identifiers, hashes, keys and
images are not taken for messages.
"""

import re
from binascii import a2b_base64
from collections.abc import Callable

from llm_gateway.guard.view import View
from llm_gateway.guard.views.edits import Run, gathered

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?:(?:0[xX])?+[0-9A-Fa-f]{2}[ :,;\n]{0,2}+){12,}+")
_BINARY = re.compile(r"(?:[01]{8}[ ,\n]{0,2}+){6,}+")
_CODES = re.compile(r"(?:[1-9][0-9]{1,2}[ ,;\n]{1,2}+){8,}+[0-9]{0,3}")
_NUMBER = re.compile(r"[0-9]+")

_URL_SAFE = str.maketrans("-_", "+/")
_TEXT_BYTES = bytes([9, 10, 13, *range(0x20, 0x7F), *range(0x80, 0x100)])
_WORD_BYTES = bytes(b for b in range(256) if b >= 0x80 or chr(b).isalpha() or chr(b).isspace())
_WORDS = re.compile(r"[^\W\d_]{2}[\s,.:;'-]{1,3}[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{4}")
_DECLARED = re.compile(r"base64,$|filename|[\"'](?:data|image|img|icon)[\"']: *[\"']$", re.I)
_STRUCTURED = ("{", "[", "<", "%PDF", "-----")
SHIFTS = 1000
"""So many runs are also tried from their second to fourth character (a letter stuck to the front)."""


def base64(view: View) -> View | None:
    """Base64 and its URL-safe form, with or without padding."""
    return _decoded(view, "base64", _BASE64, _from_base64)


def hexadecimal(view: View) -> View | None:
    """Pairs of hexadecimal digits, separated or not."""
    return _decoded(view, "hex", _HEX, _from_hex)


def binary(view: View) -> View | None:
    """Groups of eight binary digits."""
    return _decoded(view, "binary", _BINARY, _from_binary)


def codes(view: View) -> View | None:
    """Decimal character codes."""
    return _decoded(view, "codes", _CODES, _from_codes)


def _decoded(
    view: View, name: str, pattern: re.Pattern[str], decode: Callable[[str, int], str | None]
) -> View | None:
    runs: list[Run] = []
    hidden = False
    for count, match in enumerate(pattern.finditer(view.text)):
        text = decode(match.group(), count)
        if text is not None:
            runs.append(Run(match.start(), match.end(), text))
            hidden = hidden or _is_message(view.text, match.start(), text)
    return gathered(view, name, runs, hidden)


def _is_message(around: str, start: int, text: str) -> bool:
    """Whether prose was put out of sight, rather than data carried in its usual form (tokens, data URIs)."""
    if text.lstrip().startswith(_STRUCTURED) or _DECLARED.search(around[max(0, start - 40) : start]):
        return False
    return _WORDS.search(text) is not None


def _from_base64(run: str, count: int) -> str | None:
    if run.islower() or run.isdigit():
        return None
    body = run.rstrip("=").translate(_URL_SAFE)
    for shift in range(4 if count < SHIFTS else 1):
        text = _text(_base64_bytes(body[shift:]))
        if text is not None:
            return text
    return None


def _base64_bytes(body: str) -> bytes:
    """A look at the beginning first; most runs end there."""
    if len(body) > 80 and not _promising(_raw(body[:64])):
        return b""
    return _raw(body)


def _raw(body: str) -> bytes:
    body = body[:-1] if len(body) % 4 == 1 else body
    return a2b_base64(body + "=" * (-len(body) % 4))


def _promising(raw: bytes) -> bool:
    return not raw.translate(None, _TEXT_BYTES) or raw.count(0) * 2 >= len(raw) - 3


def _from_hex(run: str, count: int) -> str | None:
    digits = re.sub(r"0[xX]|[^0-9A-Fa-f]", "", run)
    return _text(bytes.fromhex(digits[: len(digits) & ~1]))


def _from_binary(run: str, count: int) -> str | None:
    digits = re.sub(r"[^01]", "", run)
    return _text(bytes(int(digits[i : i + 8], 2) for i in range(0, len(digits) - 7, 8)))


def _from_codes(run: str, count: int) -> str | None:
    values = [int(number) for number in _NUMBER.findall(run)]
    if any(value < 10 or value > 255 for value in values):
        return None
    return _text(bytes(values))


def _text(raw: bytes) -> str | None:
    """The bytes as text if they are text: UTF-8 or UTF-16 with next to no control characters."""
    if len(raw) < 6:
        return None
    if raw[1::2].count(0) * 4 >= len(raw):
        raw = raw[: len(raw) & ~1].decode("utf-16-le", "replace").encode("utf-8", "replace")
    if len(raw.translate(None, _TEXT_BYTES)) * 50 > len(raw):
        return None
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 20 > len(text) or (len(text) < 48 and broken > len(text) // 24):
        return None
    return text if len(raw.translate(None, _WORD_BYTES)) <= 0.3 * len(raw) else None
