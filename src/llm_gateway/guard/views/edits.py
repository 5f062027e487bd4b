"""Building a view by replacing parts of its parent.

Works on whole lists rather than part by part: a hostile text has one part for every two characters.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from itertools import accumulate
from typing import NamedTuple

from llm_gateway.guard.view import View

WHOLE = 4096
"""Up to this length a view repeats all the text around what was replaced."""
MARGIN = 160
"""In a longer text it repeats this much on either side."""


class Run(NamedTuple):
    """`parent.text[start:end]` reads as `text`."""

    start: int
    end: int
    text: str


class Parts(NamedTuple):
    """A text cut into parts, those with odd index replaced: what they were and what they became."""

    old: list[str]
    new: list[str]


def cut(text: str, pattern: re.Pattern[str], plain: Callable[[str], str]) -> Parts:
    """Replaces what `pattern`, which has exactly one group around all of it, matches."""
    old = pattern.split(text)
    new = old.copy()
    known = {part: plain(part) for part in set(old[1::2])}
    new[1::2] = map(known.__getitem__, old[1::2])
    return Parts(old, new)


def edited(parent: View, name: str, parts: Parts, hidden: bool = False) -> View:
    """The parent with its parts replaced."""
    stops = array("q", [-1]) * len(parts.old)
    ends = array("q", accumulate(map(len, parts.old)))
    stops[1::2] = ends[1::2]
    anchors = array("q", [0])
    anchors.extend(accumulate(map(len, parts.new[:-1])))
    starts = array("q", [0])
    starts.extend(ends[:-1])
    return View(name, "".join(parts.new), hidden or parent.hidden, parent, anchors, starts, stops)


def excerpt(parts: Parts) -> Parts:
    """The parts without those long stretches in a long text that no replacement is near to."""
    kept = parts.old[::2]
    if sum(map(len, parts.old)) <= WHOLE or max(map(len, kept)) <= 2 * MARGIN:
        return parts
    old, new = [""], [""]
    for index, part in enumerate(parts.old):
        if index % 2:
            old.append(part)
            new.append(parts.new[index])
        else:
            _abridge(old, new, part, index == 0, index + 1 == len(parts.old))
    return Parts(old[1:], new[1:])


def _abridge(old: list[str], new: list[str], part: str, first: bool, last: bool) -> None:
    """Adds an untouched part, its middle (or far end) read as a line break."""
    if len(part) <= 2 * MARGIN:
        pieces = ["", "", part] if first else [part]
    else:
        head = "" if first else part[:MARGIN]
        tail = "" if last else part[-MARGIN:]
        pieces = [head, part[len(head) : len(part) - len(tail)], tail]
    old.extend(pieces)
    new.extend([pieces[0], "\n" if pieces[1] else "", pieces[2]] if len(pieces) == 3 else pieces)


def gathered(parent: View, name: str, runs: Iterable[Run], hidden: bool) -> View | None:
    """Only what the runs read as, one per line; runs that only white space separates are one text."""
    texts: list[str] = []
    starts, stops = array("q"), array("q")
    behind = -1
    for run in runs:
        if behind >= 0 and parent.text[behind : run.start].strip(" \r\n\t\"'+\\,"):
            texts.append("\n")
            starts.append(behind)
            stops.append(run.start)
        texts.append(run.text)
        starts.append(run.start)
        stops.append(run.end)
        behind = run.end
    if not texts:
        return None
    anchors = array("q", [0])
    anchors.extend(accumulate(map(len, texts[:-1])))
    return View(name, "".join(texts), hidden or parent.hidden, parent, anchors, starts, stops)
