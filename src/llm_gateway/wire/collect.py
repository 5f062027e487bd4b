"""Walking values into segments. What is not named by a format is inspected as user text.

A format names members in tables of labels. A label is a method of the Collector, or a function with
its signature: it is given the path and the value and says what the value is.
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any

from llm_gateway.domain.text import Path, Provenance, Segment, SegmentKind, Skipped
from llm_gateway.wire.tags import KNOWN_TAGS

# The shapes that let a string leaf pass as non-text. What does not have the shape is inspected.
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:|-]{1,80}\Z")
_MODEL = re.compile(r"[A-Za-z0-9_.:/@+-]{1,128}\Z")
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,32}\Z")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_.$:/-]{1,64}\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/_\r\n-]*={0,2}[\r\n]*\Z")
_DATA_URI = re.compile(r"\s*data:[\w.+/;=-]{0,100};base64,", re.ASCII | re.IGNORECASE)
_SPELLED = re.compile(r"(?:^|[^A-Za-z0-9])[A-Za-z]{2,}+(?![A-Za-z0-9])")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]|%PDF-")

# Bodies are made of the same few names: those found plain are remembered, a bounded number of them.
SEEN_KEYS = 4096
_seen_keys: set[str] = set()

Label = Callable[["Collector", Path, Any, Provenance, str], None]
Labels = Mapping[str, Label]


class Collector:
    """Gathers the segments of one body, and what was left out with the reason."""

    __slots__ = ("segments", "skipped")

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.skipped: list[Skipped] = []

    def text(self, path: Path, value: str, provenance: Provenance, role: str = "") -> None:
        """A string leaf to inspect."""
        if value:
            self.segments.append(Segment(path, value, provenance, role))

    def leaves(
        self, path: Path, value: Any, provenance: Provenance = Provenance.USER, role: str = ""
    ) -> None:
        """Every string below `value`, and every object key that is more than a plain name."""
        if type(value) is str:
            if value:
                self.segments.append(Segment(path, value, provenance, role))
        elif type(value) is dict:
            for name, child in value.items():
                self.key((*path, name), name, provenance, role)
                self.leaves((*path, name), child, provenance, role)
        elif type(value) is list:
            for index, child in enumerate(value):
                self.leaves((*path, index), child, provenance, role)

    def key(self, path: Path, name: str, provenance: Provenance, role: str = "") -> None:
        """An object key, which a model may read as well: inspected unless it is a plain name."""
        if not is_plain_key(name):
            self.segments.append(Segment(path, name, provenance, role, SegmentKind.KEY))

    def members(
        self,
        path: Path,
        value: Any,
        labels: Labels,
        provenance: Provenance = Provenance.USER,
        role: str = "",
    ) -> None:
        """An object whose members have labels; those without are inspected whole.

        What nobody has heard of is never the operator's word.
        """
        unknown = Provenance.USER if provenance is Provenance.OPERATOR else provenance
        if type(value) is not dict:
            return self.leaves(path, value, unknown, role)
        for name, child in value.items():
            label = labels.get(name)
            if label is not None:
                label(self, (*path, name), child, provenance, role)
            else:
                self.key((*path, name), name, unknown, role)
                self.leaves((*path, name), child, unknown, role)
        return None

    def each(self, path: Path, value: Any, label: Label, provenance: Provenance, role: str = "") -> None:
        """An array whose items all have one label, or one such item; anything else is inspected whole."""
        if type(value) is dict:
            return label(self, path, value, provenance, role)
        if type(value) is not list:
            return self.leaves(path, value, provenance, role)
        for index, item in enumerate(value):
            label(self, (*path, index), item, provenance, role)
        return None

    def identifier(
        self, path: Path, value: Any, provenance: Provenance = Provenance.USER, role: str = ""
    ) -> None:
        """An id: left out while it looks like one."""
        if type(value) is str and is_identifier(value):
            self.skipped.append(Skipped(path, "identifier"))
        else:
            self.leaves(path, value, provenance, role)

    def name(self, path: Path, value: Any, provenance: Provenance = Provenance.USER, role: str = "") -> None:
        """The name of a tool that was defined elsewhere, where it was inspected."""
        if type(value) is str and is_name(value):
            self.skipped.append(Skipped(path, "identifier"))
        else:
            self.leaves(path, value, provenance, role)

    def model(self, path: Path, value: Any, provenance: Provenance = Provenance.USER, role: str = "") -> None:
        """A model name: left out while it looks like one."""
        if type(value) is str and _is_model(value):
            self.skipped.append(Skipped(path, "model name"))
        else:
            self.leaves(path, value, provenance, role)

    def word(self, path: Path, value: Any, provenance: Provenance = Provenance.USER, role: str = "") -> None:
        """An enumeration value or a type tag: left out while it looks like one."""
        if type(value) is str and is_word(value):
            self.skipped.append(Skipped(path, "enumeration"))
        else:
            self.leaves(path, value, provenance, role)

    def media(self, path: Path, value: Any, provenance: Provenance = Provenance.USER, role: str = "") -> None:
        """Base64 media: an opaque segment, but text in base64 is read as text. A URL is text."""
        if type(value) is not str:
            return self.leaves(path, value, provenance, role)
        start = data.end() if (data := _DATA_URI.match(value)) else 0
        if not value or not _BASE64.match(value, start) or _is_written(value[start:]):
            return self.text(path, value, provenance, role)
        said = _encoded_text(value[start:])
        kind = SegmentKind.JOINED if said else SegmentKind.OPAQUE
        self.segments.append(Segment(path, said, provenance, role, kind))
        return None

    def mime(self, path: Path, value: Any, provenance: Provenance = Provenance.USER, role: str = "") -> None:
        """A media type."""
        if type(value) is str and is_word(value.replace("/", ".", 1)):
            self.skipped.append(Skipped(path, "enumeration"))
        else:
            self.leaves(path, value, provenance, role)

    def sealed(
        self, path: Path, value: Any, provenance: Provenance = Provenance.USER, role: str = ""
    ) -> None:
        """A signature or an encrypted text that only its provider can read: left out while it is base64."""
        if type(value) is str and is_sealed(value):
            self.skipped.append(Skipped(path, "sealed"))
        else:
            self.leaves(path, value, provenance, role)

    def joined(
        self, path: Path, parts: list[tuple[Path, str]], provenance: Provenance, role: str = ""
    ) -> None:
        """Neighbouring text parts as the model reads them, so that nothing hides in the gaps."""
        if len(parts) < 2:
            return
        for glue in ("", "\n"):
            pieces, at = [], 0
            for where, text in parts:
                pieces.append((where, at))
                at += len(text) + len(glue)
            text = glue.join(text for _, text in parts)
            self.segments.append(Segment(path, text, provenance, role, SegmentKind.JOINED, tuple(pieces)))

    def repeated(self, path: Path, text: str, provenance: Provenance, role: str = "") -> None:
        """A text that the body holds in pieces (log-probabilities), to be read whole."""
        if text:
            self.segments.append(Segment(path, text, provenance, role, SegmentKind.JOINED))


class Labelled:
    """Implements format.Labelling: `walk` collects the segments of a body, once, when asked."""

    __slots__ = ("_found", "_walk")

    def __init__(self, walk: Callable[[Collector], None]) -> None:
        self._walk = walk
        self._found: Collector | None = None

    @property
    def segments(self) -> list[Segment]:
        return self._walked().segments

    @property
    def skipped(self) -> list[Skipped]:
        return self._walked().skipped

    def _walked(self) -> Collector:
        if self._found is None:
            self._found = Collector()
            self._walk(self._found)
        return self._found


def labelled(body: Any, labels: Labels, provenance: Provenance = Provenance.USER, role: str = "") -> Labelled:
    """The labels of an object by the names of its members."""
    return Labelled(lambda found: found.members((), body, labels, provenance, role))


def is_plain_key(name: str) -> bool:
    """Whether an object key is a mere name."""
    if name in _seen_keys:
        return True
    plain = _PLAIN_KEY.match(name) is not None and (len(name) <= 32 or not _is_spelled(name, 5))
    if plain:
        if len(_seen_keys) >= SEEN_KEYS:
            _seen_keys.clear()
        _seen_keys.add(name)
    return plain


def is_identifier(value: str) -> bool:
    """Ids are short and no sentences: at most two whole words stand in them."""
    return _IDENTIFIER.match(value) is not None and not _is_spelled(value, 3)


def is_name(value: str) -> bool:
    """Names of tools have the alphabet of ids, and up to four words."""
    return _IDENTIFIER.match(value) is not None and len(value) <= 64 and not _is_spelled(value, 5)


def is_word(value: str) -> bool:
    """A type tag or an enumeration value: a known one, or a short one of at most two words."""
    return value in KNOWN_TAGS or (_WORD.match(value) is not None and not _is_spelled(value, 3))


def _is_model(value: str) -> bool:
    return _MODEL.match(value) is not None


def is_sealed(value: str) -> bool:
    """Base64 that does not say anything readable, and does not spell words."""
    return _BASE64.match(value) is not None and not _is_written(value) and not _encoded_text(value)


def _is_spelled(value: str, words: int) -> bool:
    return len(_SPELLED.findall(value)) >= words


def _is_written(value: str) -> bool:
    """Whether URL-safe base64 is rather a text with hyphens: by chance a whole word stands in every
    three hundred characters of it, in a text one in every six."""
    begin = value[:4096]
    return _is_spelled(begin, max(3, len(begin) // 40))


def _encoded_text(value: str) -> str:
    """What a base64 string says if it says text, else nothing. Only its start is decoded to find out."""
    if _CONTROL.search(_decoded(value[:64])):
        return ""
    try:
        _decoded(value[:64]).decode()
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return ""
    return _decoded(value).decode("utf-8", "replace")


def _decoded(value: str) -> bytes:
    """The bytes of standard or URL-safe base64, as far as whole groups of four go."""
    packed = re.sub(r"[\r\n=]", "", value).translate(_URL_SAFE)
    packed = packed[:-1] if len(packed) % 4 == 1 else packed
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4))
    except binascii.Error:
        return b"\x00"


_URL_SAFE = str.maketrans("-_", "+/")
