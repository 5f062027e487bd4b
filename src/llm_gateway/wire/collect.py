"""Walking values into segments. What is not named by a format is inspected as user text."""

import re
from typing import Any

from llm_gateway.domain.text import Path, Provenance, Segment, SegmentKind, Skipped

# The shapes that let a string leaf pass as non-text. What does not have the shape is inspected.
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:|-]{1,80}\Z")
_MODEL = re.compile(r"[A-Za-z0-9_.:/@+-]{1,128}\Z")
_WORD = re.compile(r"[A-Za-z0-9_.-]{1,32}\Z")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_.$:/-]{1,64}\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/_=\s-]*\Z")
_DATA_URI = re.compile(r"data:[\w.+/;=-]{0,100};base64,", re.ASCII)


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
            self.text(path, value, provenance, role)
        elif type(value) is dict:
            for name, child in value.items():
                self.key((*path, name), name, provenance, role)
                self.leaves((*path, name), child, provenance, role)
        elif type(value) is list:
            for index, child in enumerate(value):
                self.leaves((*path, index), child, provenance, role)

    def key(self, path: Path, name: str, provenance: Provenance, role: str = "") -> None:
        """An object key, which a model may read as well: inspected unless it is a plain name."""
        if not _PLAIN_KEY.match(name):
            self.segments.append(Segment(path, name, provenance, role, SegmentKind.KEY))

    def rest(self, path: Path, value: dict[str, Any], known: frozenset[str], provenance: Provenance) -> None:
        """Every member of an object that the format does not name."""
        for name, child in value.items():
            if name not in known:
                self.leaves(path, {name: child}, provenance)

    def identifier(self, path: Path, value: Any, provenance: Provenance = Provenance.USER) -> None:
        """An id: left out while it looks like one."""
        self._non_text(path, value, _IDENTIFIER, "identifier", provenance)

    def model(self, path: Path, value: Any) -> None:
        """A model name: left out while it looks like one."""
        self._non_text(path, value, _MODEL, "model name", Provenance.USER)

    def word(self, path: Path, value: Any, provenance: Provenance = Provenance.USER) -> None:
        """An enumeration value or a type tag: left out while it looks like one."""
        self._non_text(path, value, _WORD, "enumeration", provenance)

    def media(self, path: Path, value: Any, provenance: Provenance = Provenance.USER) -> None:
        """Base64 media: an opaque segment. A URL or anything else is inspected as text."""
        if type(value) is not str:
            return self.leaves(path, value, provenance)
        data = _DATA_URI.match(value)
        if _BASE64.match(value, data.end() if data else 0):
            self.segments.append(Segment(path, "", provenance, "", SegmentKind.OPAQUE))
            return None
        return self.text(path, value, provenance)

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

    def _non_text(
        self, path: Path, value: Any, shape: re.Pattern[str], reason: str, provenance: Provenance
    ) -> None:
        if type(value) is str and shape.match(value):
            self.skipped.append(Skipped(path, reason))
        else:
            self.leaves(path, value, provenance)
