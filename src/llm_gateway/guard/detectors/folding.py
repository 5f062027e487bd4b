"""Any text as ASCII bytes, one byte per code point.

RE2 works on bytes. One byte per code point makes its offsets ours without translation, and makes
`\\b` mean an ASCII word border, so that a token stands free when a Chinese or Hebrew letter
touches it. Letters of the Latin, Greek and Cyrillic blocks become `LETTER` (they can be part of an
address), everything else beyond ASCII becomes `OTHER`.
"""

import codecs

LETTER = "\x1a"
OTHER = "\x1b"
_FIRST_FAR_SCRIPT = "\u0590"
_HANDLER = "llm_gateway.fold"


def _fold(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    if min(run) >= _FIRST_FAR_SCRIPT:
        return OTHER.encode() * len(run), error.end
    near = (LETTER if char < _FIRST_FAR_SCRIPT and char.isalpha() else OTHER for char in run)
    return "".join(near).encode(), error.end


codecs.register_error(_HANDLER, _fold)


def folded(text: str) -> bytes:
    """`text` as ASCII, exactly `len(text)` bytes long.

    The letters of escaped line ends (JSON within JSON) are borders too: `\\nsk-...` must not hide
    the token behind the letter n.
    """
    raw = text.encode("ascii", _HANDLER)
    if b"\\" in raw:
        for escape in (b"\\n", b"\\r", b"\\t"):
            raw = raw.replace(escape, b"\\" + OTHER.encode())
    return raw


def encodable(text: str) -> str:
    """`text` with `?` for lone surrogates, which UTF-8 cannot hold and RE2 would refuse."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
