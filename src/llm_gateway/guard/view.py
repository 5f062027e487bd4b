"""One reading of a text, with the way back to the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class View(NamedTuple):
    """A reading of a text.

    `name` says how it was made (`text` is the text as sent; `normalised`, `base64`, `url`, ...).
    `hidden` is true when the reading was concealed from a human reader (an encoding, invisible
    characters), which is a signal of its own.

    A view is read from its `parent` (none for the text as sent). It consists of pieces: piece i
    starts at `anchors[i]` in `text` and stands for `parent.text[starts[i]:stops[i]]`; where `stops[i]`
    is -1 its characters correspond one to one. No anchors: all of it corresponds one to one,
    or back to front when `mirrored`.
    """

    name: str
    text: str
    hidden: bool = False
    parent: View | None = None
    anchors: Sequence[int] = ()
    starts: Sequence[int] = ()
    stops: Sequence[int] = ()
    mirrored: bool = False

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `text[start:end]` was read from."""
        view: View | None = self
        while view is not None and view.parent is not None:
            start, end = view._in_parent(start, end)
            view = view.parent
        return start, end

    def _in_parent(self, start: int, end: int) -> tuple[int, int]:
        if self.mirrored:
            return len(self.text) - end, len(self.text) - start
        if not self.anchors:
            return start, end
        first = bisect_right(self.anchors, start) - 1
        begin = self.starts[first] + (start - self.anchors[first] if self.stops[first] < 0 else 0)
        if end <= start:
            return begin, begin
        last = bisect_right(self.anchors, end - 1) - 1
        stop = self.stops[last]
        return begin, self.starts[last] + end - self.anchors[last] if stop < 0 else stop
