"""From rows to pieces: what the model sees at once, with the label of just that window."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from llm_gateway.guard.injection.windows import Window, windows
from training.rows import Row

LOCATED = 350
"""A span longer than this is a guess about where the attack stands, not a location."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One window of a row. `target` is an index into CLASSES, `weight` scales its loss."""

    text: str
    target: int
    third_party: bool
    weight: float = 1.0
    source: str = ""
    lang: str = "en"


def pieces_of(row: Row, random: Random, clean_windows: int = 1) -> Iterator[Piece]:
    """The windows of a row whose label is certain.

    Of a long clean row any window is clean. Of a long attack the windows over its span are attacks,
    those beside it clean; without a span only the opening of a jailbreak is certain.
    """
    cut = windows(row.text)
    if len(cut) == 1:
        yield _piece(row, row.text, row.target)
    elif row.label == 0:
        for window in random.sample(cut, min(clean_windows, len(cut))):
            yield _piece(row, row.text[window.start : window.end], 0)
    elif 0 <= row.start < row.end <= row.start + LOCATED:
        yield from _around_span(row, cut, random)
    elif row.kind == "jailbreak" or row.label == 2:
        yield _piece(row, row.text[: cut[0].end], row.target)


def _around_span(row: Row, cut: list[Window], random: Random) -> Iterator[Piece]:
    needed = min(0.6 * (row.end - row.start), 100)
    beside = []
    for window in cut:
        shared = min(window.end, row.end) - max(window.start, row.start)
        if shared >= needed:
            yield _piece(row, row.text[window.start : window.end], row.target)
        elif shared <= -20:
            beside.append(window)
    for window in random.sample(beside, min(1, len(beside))):
        yield _piece(row, row.text[window.start : window.end], 0)


def _piece(row: Row, text: str, target: int) -> Piece:
    return Piece(text, target, row.third_party, source=row.source, lang=row.lang)
