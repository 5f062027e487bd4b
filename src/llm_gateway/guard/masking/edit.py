"""Changes to a text, as data."""

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """`start` to `end` (exclusive) of a text becomes `text`."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """`text` with `edits` made. They are in order and do not overlap."""
    out: list[str] = []
    end = 0
    for edit in edits:
        out += (text[end : edit.start], edit.text)
        end = edit.end
    out.append(text[end:])
    return "".join(out)
