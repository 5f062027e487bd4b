"""One scan that says which transformations can apply to a text at all.

Most texts are plain words, and this is all they cost. The patterns are only hints: a
transformation that is let through still decides for itself.
"""

import re

import re2

from llm_gateway.guard.views.characters import INVISIBLE, LOOKALIKE_CLASS, MARKS, STYLED_CLASS
from llm_gateway.guard.views.ciphers import BACKWARD_CJK, BACKWARD_WORDS, ROT13_WORDS
from llm_gateway.guard.views.lettering import SEPARATOR
from llm_gateway.guard.views.smuggled import SMUGGLERS

_SEPARATORS = re.sub(r"\\[uU]([0-9a-f]+)", r"\\x{\1}", SEPARATOR)
_HINTS = {
    "normalised": rf"[{INVISIBLE}{STYLED_CLASS}{MARKS}\x{{200c}}\x{{200d}}\x{{fe00}}-\x{{fe0f}}\x7f]"
    rf"|[A-Za-z][{LOOKALIKE_CLASS}]|[{LOOKALIKE_CLASS}][A-Za-z]",
    "invisible": SMUGGLERS,
    "base64": r"[A-Za-z0-9+/_-]{16}",
    "hex": r"(?:(?:0[xX])?[0-9A-Fa-f]{2}[ :,;]{0,2}){12}",
    "binary": r"(?:[01]{8}[ ,]?){6}",
    "codes": r"(?:[1-9][0-9]{1,2}[ ,;]+){8}",
    "url": r"%[0-9A-Fa-f]{2}",
    "html": r"&(?:#|[A-Za-z]{2,31};)",
    "unicode": r"\\(?:[uUx][0-9A-Fa-f{]|[0-7]{3})",
    "quoted-printable": r"=[0-9A-F]{2}[^0-9A-Za-z]*[A-Za-z ]*=[0-9A-F]{2}",
    "spaced": rf"(?:^|[^\pL\pN])(?:\pL{_SEPARATORS}{{1,3}}){{3}}\pL(?:$|[^\pL\pN\pM])",
    "leet": r"[A-Za-z][013457@$!|][A-Za-z]|\b[0134579@$!][a-zA-Z]{2}",
    "rot13": rf"\b(?i:{'|'.join(ROT13_WORDS)})\b",
    "reversed": rf"\b(?i:{'|'.join(BACKWARD_WORDS)})\b|{BACKWARD_CJK}|\x{{202e}}",
}
_NAMES = tuple(_HINTS)


def _compiled() -> re2.Set:
    options = re2.Options()
    options.max_mem = 64 << 20
    compiled = re2.Set.SearchSet(options)
    for pattern in _HINTS.values():
        compiled.Add(pattern)
    compiled.Compile()
    return compiled


_SET = _compiled()


def hints(text: str) -> list[str]:
    """Names of the transformations that could change `text`, in no particular order."""
    return [_NAMES[index] for index in _SET.Match(text.encode("utf-8", "replace")) or ()]
