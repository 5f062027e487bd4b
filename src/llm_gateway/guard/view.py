"""One reading of a text, with the way back to the original."""

from bisect import bisect_right
from typing import NamedTuple


class View(NamedTuple):
    """A reading of a text.

    `name` says how it was made (`text` is the text as sent; `normalised`, `base64`, `url`, ...).
    `hidden` is true when the reading was concealed from a human reader (an encoding, invisible
    characters), which is a signal of its own.

    Offsets: `anchors` are positions in `text`, ascending, starting at 0, and `origins` the matching
    positions in the original. Between two anchors characters correspond one to one when `linear`;
    otherwise every position of the piece stands for the whole original piece (a decoded run).
    """

    name: str
    text: str
    anchors: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    linear: bool = True
    hidden: bool = False
    span: tuple[int, int] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `text[start:end]` was read from."""
        if self.span is not None:
            return self.span
        if len(self.anchors) == 1:
            return start, end
        return self._at(start), self._at(end - 1) + 1 if end > start else self._at(start)

    def _at(self, position: int) -> int:
        piece = bisect_right(self.anchors, position) - 1
        return self.origins[piece] + position - self.anchors[piece]
