"""Overlapping findings: which one has the piece, and what a mask must cover."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from llm_gateway.domain.finding import Finding


class Cover(NamedTuple):
    """A piece of text to be replaced as one: `start` to `end` (exclusive), and what it mainly is."""

    start: int
    end: int
    category: str


def strongest(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of which none overlaps another, in the order of the text.

    The surer one has the piece, then the longer, then the first given. Empty spans are left out.
    """
    starts: list[int] = []
    kept: list[Finding] = []
    for finding in sorted(findings, key=_strength):
        if finding.end <= finding.start:
            continue
        at = bisect_right(starts, finding.start)
        if at and kept[at - 1].end > finding.start:
            continue
        if at < len(kept) and kept[at].start < finding.end:
            continue
        starts.insert(at, finding.start)
        kept.insert(at, finding)
    return kept


def covers(findings: Iterable[Finding]) -> list[Cover]:
    """What has to be replaced so that no character of any finding stays, as pieces that do not touch.

    Overlapping findings become one piece, named after the strongest of them. Linear after sorting.
    """
    out: list[Cover] = []
    strongest_here: Finding | None = None
    for finding in sorted(findings, key=lambda finding: (finding.start, finding.end)):
        if finding.end <= finding.start:
            continue
        if strongest_here is not None and out and finding.start < out[-1].end:
            strongest_here = min(strongest_here, finding, key=_strength)
            out[-1] = Cover(out[-1].start, max(out[-1].end, finding.end), strongest_here.category)
        else:
            strongest_here = finding
            out.append(Cover(finding.start, finding.end, finding.category))
    return out


def _strength(finding: Finding) -> tuple[float, int]:
    return -finding.score, finding.start - finding.end
