"""The texts of a stream event, labelled by construction.

Every string leaf is a delta, and every key that is more than a name; known ids and tags are left
out while they look like what they claim to be. So a field nobody has heard of is inspected, too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from llm_gateway.domain.text import Path, Provenance, Step
from llm_gateway.wire.collect import is_identifier, is_name, is_plain_key, is_sealed, is_word
from llm_gateway.wire.format import Delta

Place = Callable[[Any, int], Step]

# What only its provider can read, and media: base64 that says nothing.
_SEALED = frozenset(
    (
        "signature",
        "thoughtSignature",
        "encrypted_content",
        "encrypted_index",
        "data",
        "result",
        "partial_image_b64",
    )
)


SEEN = 1024
_PATHS = frozenset(("jsonPath", "json_path"))


def position(_value: Any, at: int) -> Step:
    """An item is told apart by where it stands."""
    return at


def own_index(value: Any, at: int) -> Step:
    """Choices and tool calls say which one they continue."""
    index = value.get("index") if type(value) is dict else None
    return index if type(index) is int else at


@dataclass(frozen=True, slots=True)
class Labeller:
    """How the events of a format are labelled.

    `tags` are the names of leaves that are ids, tags, model or tool names; `place` tells the items
    of an array apart. Every event of a stream repeats the same tags: those `seen` before pass at once.
    """

    tags: frozenset[str]
    place: Place = position
    seen: set[tuple[str, str]] = field(default_factory=set)

    def pieces(self, value: Any, path: Path = (), channel: Path = ()) -> Iterator[Delta]:
        """The texts below `value`, which stands at `path`. They may go on in the next event."""
        return self._walk(value, path, channel, Provenance.MODEL, False)

    def wholes(
        self, value: Any, path: Path = (), channel: Path = (), provenance: Provenance = Provenance.MODEL
    ) -> Iterator[Delta]:
        """The same for texts that are complete in this event."""
        return self._walk(value, path, channel, provenance, True)

    def _walk(
        self, value: Any, path: Path, channel: Path, provenance: Provenance, whole: bool
    ) -> Iterator[Delta]:
        if type(value) is str:
            if value:
                yield Delta(channel, path, value, whole, provenance)
        elif type(value) is dict:
            for name, child in value.items():
                if not is_plain_key(name):
                    yield Delta((*channel, name), (), name, True, provenance)
                if not self._is_tag(name, child):
                    yield from self._walk(child, (*path, name), (*channel, name), provenance, whole)
        elif type(value) is list:
            for at, child in enumerate(value):
                step = self.place(child, at)
                yield from self._walk(child, (*path, at), (*channel, step), provenance, whole)

    def _is_tag(self, name: str, value: Any) -> bool:
        """Whether a leaf has the shape of what its name says it is."""
        if type(value) is not str:
            return False
        if (name, value) in self.seen:
            return True
        if name not in self.tags:
            return name in _SEALED and is_sealed(value)
        known = is_identifier(value) or is_word(value)
        known = known or (name == "name" and is_name(value)) or (name in _PATHS and is_plain_key(value))
        if known:
            if len(self.seen) >= SEEN:
                self.seen.clear()
            self.seen.add((name, value))
        return known
