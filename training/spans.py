"""Finding where in a long text the attack stands, by comparing it with its clean twin."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from training.rows import Row

PROBE = 40
"""Characters of a clean line that identify it inside a composed document."""
BREAK = re.compile(r'\\n|\n|"')
SHORTEST_LINE = 12


def locate_in_pairs(rows: list[Row]) -> list[Row]:
    """Rows of contrast pairs, with the span in which an attack differs from its clean twin."""
    twins: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.own and row.pair and row.label == 0:
            twins[f"{row.source}/{row.pair}"].append(row.text)
    return [_located(row, twins.get(f"{row.source}/{row.pair}", ())) for row in rows]


def _located(row: Row, clean: Iterable[str]) -> Row:
    if row.label != 1 or row.start >= 0:
        return row
    spans = [difference(row.text, text) for text in clean]
    start, end = min(spans, key=lambda span: span[1] - span[0], default=(0, len(row.text)))
    if end - start < 12 or end - start > 0.7 * len(row.text):
        return row
    return replace(row, start=start, end=end)


def difference(text: str, other: str) -> tuple[int, int]:
    """The part of `text` between the longest prefix and suffix it shares with `other`."""
    prefix = _shared(text, other)
    return prefix, len(text) - _shared(text[prefix:][::-1], other[prefix:][::-1])


def _shared(text: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))


class Carriers:
    """Clean documents, to tell the planted text of a composed row from what surrounded it."""

    def __init__(self, clean: Iterable[Row]) -> None:
        self._lines: set[str] = set()
        for row in clean:
            self._lines.update(row.text[start:end][:PROBE] for start, end in _line_spans(row.text))

    def locate(self, row: Row) -> Row:
        """The row with its attack's span, if the lines that no clean document has lie together."""
        lines = _line_spans(row.text)
        foreign = [(start, end) for start, end in lines if row.text[start:end][:PROBE] not in self._lines]
        if not foreign or len(foreign) == len(lines):
            return row
        start, end = foreign[0][0], foreign[-1][1]
        return replace(row, start=start, end=end) if end - start < 0.8 * len(row.text) else row


def _line_spans(text: str) -> list[tuple[int, int]]:
    """Lines that are not short; an escaped line break or a quote inside JSON ends a line too."""
    edges = [0, *(edge for match in BREAK.finditer(text) for edge in match.span()), len(text)]
    spans = [_trimmed(text, start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [(start, end) for start, end in spans if end - start >= SHORTEST_LINE]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    begin = start + len(line) - len(line.lstrip())
    return begin, begin + len(line.strip())
