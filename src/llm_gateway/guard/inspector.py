"""Runs detectors over segments."""

import hashlib
from collections.abc import Iterable, Sequence

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Path, Segment, SegmentKind
from llm_gateway.guard.detector import Detector, Reading
from llm_gateway.guard.hurry import TakesLong

OPAQUE = Finding("media", "opaque", 1.0, 0, 0, "media that cannot be read")


class DetectorFailed(Exception):
    """A detector raised. What it should have judged counts as not inspected."""

    def __init__(self, detector: str) -> None:
        super().__init__(detector)
        self.detector = detector


class Inspector:
    """A fixed set of detectors. `version` changes when any of them could find something else."""

    def __init__(self, detectors: Iterable[Detector]) -> None:
        self._detectors = tuple(detectors)
        names = "\n".join(f"{detector.name} {detector.version}" for detector in self._detectors)
        self.version = hashlib.sha256(names.encode()).digest()[:8]

    def inspect(self, segment: Segment) -> tuple[Finding, ...]:
        """Everything found in one segment. Raises DetectorFailed, and TakesLong where that is asked for."""
        if segment.kind is SegmentKind.OPAQUE:
            return (OPAQUE,)
        reading = Reading(segment)
        found: list[Finding] = []
        for detector in self._detectors:
            try:
                found += detector.find(reading)
            except TakesLong:
                raise
            except Exception as error:  # whatever goes wrong: not inspected
                raise DetectorFailed(detector.name) from error
        return tuple(found)


def placed(segment: Segment, findings: Sequence[Finding]) -> list[tuple[Segment, Sequence[Finding]]]:
    """The findings of a segment, those of a joined one moved into the part that holds them whole.

    What lies across parts stays with the joined segment, where it cannot be masked.
    """
    if not segment.pieces or not findings:
        return [(segment, findings)]
    return [_part(segment, finding) for finding in findings]


def _part(segment: Segment, finding: Finding) -> tuple[Segment, Sequence[Finding]]:
    ends = [start for _, start in segment.pieces[1:]] + [len(segment.text)]
    for (path, start), end in zip(segment.pieces, ends, strict=True):
        if start <= finding.start and finding.end <= end:
            return _moved(segment, path, start, end, finding)
    return segment, (finding,)


def _moved(
    segment: Segment, path: Path, start: int, end: int, finding: Finding
) -> tuple[Segment, Sequence[Finding]]:
    part = Segment(path, segment.text[start:end], segment.provenance, segment.role)
    shifted = finding._replace(start=finding.start - start, end=finding.end - start)
    return part, (shifted,)
