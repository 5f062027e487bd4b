"""What detectors report."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Something a detector found in one segment.

    `start` and `end` are code-point offsets into the segment's own text, end exclusive, also when
    the thing was hidden in an encoding (then they span the encoded form). `score` is 0 to 1.
    `reason` is for people and never contains the matched text. `view` says in which reading of the
    text it showed: `text` for the text as sent.
    """

    detector: str
    category: str
    score: float
    start: int
    end: int
    reason: str
    view: str = "text"
