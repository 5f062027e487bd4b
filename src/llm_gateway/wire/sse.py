"""Server-sent events, split without losing a byte.

Format: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
Joining the `raw` of all events and the `rest` gives back exactly what was fed, whatever the chunks.

Clients differ: some read line by line, some take lines without a field name for data, some skip a
byte order mark. So nothing in an event is beyond notice: what is not data is `other`.
"""

import re
from typing import NamedTuple

from llm_gateway.domain.errors import UpstreamFailed

MAX_EVENT_BYTES = 1024 * 1024

# The end of an event: a line end directly followed by another line end.
_END = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n|\r\n\n|\r\n\r(?!\n)|\n\r(?!\n)|\r\n\r$")
_LINE = re.compile(rb"\r\n|\n|\r|\Z")
# Nearly every event: a name or none, and one line of data.
_SIMPLE = re.compile(rb"(?:event: ([a-z0-9_.:-]{1,64})\r?\n)?data: ([^ \r\n][^\r\n]*)\r?\n\r?\n\Z")
_NAME = re.compile(r"[a-z0-9_.:-]{1,64}\Z")
_NUMBER = re.compile(rb"[0-9]{1,12}\Z")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class SseEvent(NamedTuple):
    """One event with its raw bytes, terminator included. `data` joins its data lines by newline.

    `other` is what else could be read in it: comments, unknown fields, ids, a name that is no name.
    """

    raw: bytes
    name: str
    data: bytes
    data_at: int | None
    other: str = ""

    def with_data(self, data: bytes) -> bytes:
        """The raw event carrying other data. Everything but the data stays as it was.

        `data_at` is where the data stands in `raw`, None when it is spread over several lines; such
        an event is written anew.
        """
        if self.data_at is not None:
            return self.raw[: self.data_at] + data + self.raw[self.data_at + len(self.data) :]
        head = f"event: {self.name}\n".encode() if self.name else b""
        return head + b"".join(b"data: " + line + b"\n" for line in data.split(b"\n")) + b"\n"


class SseSplitter:
    """Feed bytes, get events. Refuses an event larger than `max_event` bytes."""

    def __init__(self, max_event: int = MAX_EVENT_BYTES) -> None:
        self._max = max_event
        self._buffer = bytearray()
        self._from = 0

    def feed(self, chunk: bytes) -> list[SseEvent]:
        """The events that are complete now. Raises UpstreamFailed when one grows too large."""
        self._buffer += chunk
        events = []
        while (end := self._event_end()) is not None:
            events.append(parse_event(bytes(self._buffer[:end])))
            del self._buffer[:end]
            self._from = 0
        if len(self._buffer) > self._max:
            raise UpstreamFailed(
                f"The provider sent an event larger than {self._max} bytes.", code="upstream_event_too_large"
            )
        self._from = max(0, len(self._buffer) - 3)
        return events

    @property
    def rest(self) -> bytes:
        """What was fed and is not yet a complete event."""
        return bytes(self._buffer)

    def _event_end(self) -> int | None:
        match = _END.search(self._buffer, self._from)
        if match is None or (match.group().endswith(b"\r") and match.end() == len(self._buffer)):
            return None  # a line feed may still follow and belongs to the same line end
        return match.end()


def parse_event(raw: bytes) -> SseEvent:
    """One event's fields. A last line without its end counts: some clients read it."""
    simple = _SIMPLE.match(raw)
    if simple is not None:
        name = simple[1]
        return SseEvent(raw, name.decode() if name else "", simple[2], simple.start(2))
    return parse_lines(raw)


def parse_lines(raw: bytes) -> SseEvent:
    """The same, line by line."""
    name, data, other, data_at = "", [], [], 0
    at = 3 if raw.startswith(_BYTE_ORDER_MARK) else 0
    for end in _LINE.finditer(raw, at):
        line = raw[at : end.start()]
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            data.append(value)
            data_at = end.start() - len(value)
        elif field == b"event" and _NAME.match(value.decode("latin-1")):
            name = value.decode()
        elif line and not (field in (b"id", b"retry") and _NUMBER.match(value)):
            other.append((line[1:] if line.startswith(b":") else line).decode("utf-8", "replace").strip())
        at = end.end()
    return SseEvent(raw, name, b"\n".join(data), data_at if len(data) == 1 else None, "\n".join(other))
