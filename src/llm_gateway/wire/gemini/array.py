"""The framing of a stream without `alt=sse`: one JSON array, whose elements arrive over time.

    BEFORE   the opening bracket has not come yet
    BETWEEN  inside the array, between elements
    WITHIN   inside an element
    AFTER    the closing bracket has come

Joining the `raw` of all elements and the `rest` gives back exactly what was fed.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from llm_gateway.domain.errors import UpstreamFailed

MAX_ELEMENT_BYTES = 1024 * 1024

_OUTSIDE = re.compile(rb'["{}\[\]]')
_INSIDE_STRING = re.compile(rb'["\\]')
_SEPARATOR = re.compile(rb"[\s,]*\Z")


class State(Enum):
    BEFORE = auto()
    BETWEEN = auto()
    WITHIN = auto()
    AFTER = auto()


@dataclass(frozen=True, slots=True)
class ArrayElement:
    """One element with its raw bytes, the separator before it included; data is empty for brackets."""

    raw: bytes
    data: bytes

    def with_data(self, data: bytes) -> bytes:
        """The raw bytes carrying other data."""
        return self.raw[: len(self.raw) - len(self.data)] + data


class ArraySplitter:
    """Feed bytes, get elements. Refuses an element larger than `max_element` bytes."""

    def __init__(self, max_element: int = MAX_ELEMENT_BYTES) -> None:
        self._max = max_element
        self._buffer = bytearray()
        self._at = 0
        self._start = 0
        self._depth = 0
        self._in_string = False
        self.state = State.BEFORE

    def feed(self, chunk: bytes) -> list[ArrayElement]:
        """The elements that are complete now. Raises UpstreamFailed on what is no array of objects."""
        self._buffer += chunk
        elements = []
        while self._advance():
            elements.append(self._cut())
        if len(self._buffer) > self._max:
            raise UpstreamFailed(
                f"The provider sent an element larger than {self._max} bytes.",
                code="upstream_event_too_large",
            )
        return elements

    @property
    def rest(self) -> bytes:
        """What was fed and is not yet a complete element."""
        return bytes(self._buffer)

    def _advance(self) -> bool:
        """Goes on to the end of the next element or bracket; false when it has not come yet."""
        while True:
            if self._in_string:
                if not self._skip_string():
                    return False
                continue
            found = _OUTSIDE.search(self._buffer, self._at)
            if found is None:
                self._at = len(self._buffer)
                return False
            self._at = found.end()
            if self._take(found.group(), found.start()):
                return True

    def _skip_string(self) -> bool:
        found = _INSIDE_STRING.search(self._buffer, self._at)
        if found is None:
            self._at = len(self._buffer)
            return False
        if found.group() == b'"':
            self._in_string = False
            self._at = found.end()
            return True
        if found.end() == len(self._buffer):
            self._at = found.start()
            return False
        self._at = found.end() + 1
        return True

    def _take(self, mark: bytes, at: int) -> bool:
        """One structural byte; true when something is complete with it."""
        if self.state is State.WITHIN:
            self._in_string = mark == b'"'
            self._depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(mark, 0)
            return self._depth == 0
        if self.state is State.BEFORE and mark == b"[":
            self.state = State.BETWEEN
            return True
        if self.state is State.BETWEEN and mark in b"{]" and _SEPARATOR.match(self._buffer, 0, at):
            if mark == b"]":
                self.state = State.AFTER
                return True
            self.state, self._depth, self._start = State.WITHIN, 1, at
            return False
        raise UpstreamFailed(
            "The provider's stream is not a JSON array of objects.", code="upstream_invalid_answer"
        )

    def _cut(self) -> ArrayElement:
        raw = bytes(self._buffer[: self._at])
        data = raw[self._start :] if self.state is State.WITHIN else b""
        if self.state is State.WITHIN:
            self.state = State.BETWEEN
        del self._buffer[: self._at]
        self._at = self._start = 0
        return ArrayElement(raw, data)
