"""Segments: the pieces of text an exchange is made of, each with its origin."""

from enum import StrEnum
from typing import NamedTuple

Step = str | int
Path = tuple[Step, ...]


class Provenance(StrEnum):
    """Who wrote a text. Trust follows from this, never from where in the body it stands."""

    OPERATOR = "operator"
    USER = "user"
    TOOL = "tool"
    TOOL_DEFINITION = "tool_definition"
    MODEL = "model"


class Direction(StrEnum):
    """Which way a text travels: to the provider or back to the application."""

    REQUEST = "request"
    ANSWER = "answer"


class SegmentKind(StrEnum):
    """What a segment is, which decides how it can be changed.

    TEXT is a string leaf of the body and can be masked in place. KEY is an object key. JOINED is
    neighbouring parts read as one, as the model will read them. OPAQUE is media that cannot be
    read. The last three cannot be masked: a mask verdict on them becomes a block.
    """

    TEXT = "text"
    KEY = "key"
    JOINED = "joined"
    OPAQUE = "opaque"


class Segment(NamedTuple):
    """One piece of text. A tuple rather than a dataclass: every request builds dozens.

    `pieces` of a joined segment: where each part stands in the body, and where it starts in `text`.
    """

    path: Path
    text: str
    provenance: Provenance
    role: str = ""
    kind: SegmentKind = SegmentKind.TEXT
    pieces: tuple[tuple[Path, int], ...] = ()


class Skipped(NamedTuple):
    """A string leaf that was not inspected, and why."""

    path: Path
    reason: str


def dotted(path: Path) -> str:
    """`("messages", 0, "content")` → `messages[0].content`, for people."""
    out = ""
    for step in path:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            out += f".{step}" if out else step
    return out
