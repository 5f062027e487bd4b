"""Judging a text without sending it anywhere: the same detectors and rules, no exchange."""

from collections.abc import Sequence
from dataclasses import dataclass

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.scan import ScanSurface
from llm_gateway.domain.text import Direction, Provenance, Segment
from llm_gateway.domain.verdict import Verdict
from llm_gateway.pipeline.inspection import Inspection
from llm_gateway.pipeline.judging import Rulebook
from llm_gateway.policy import NOWHERE, Place, decide

_PROVENANCE = {
    ScanSurface.USER: Provenance.USER,
    ScanSurface.TOOL_RESULT: Provenance.TOOL,
    ScanSurface.DOCUMENT: Provenance.TOOL,
    ScanSurface.TOOL_DEFINITION: Provenance.TOOL_DEFINITION,
    ScanSurface.SYSTEM: Provenance.OPERATOR,
    ScanSurface.OUTPUT: Provenance.MODEL,
}


# Weaker findings count for the risk score only: nearly every text has one.
TOLD = 0.3


@dataclass(frozen=True, slots=True)
class Scanned:
    """The verdict over one text, with what was found whether or not a rule speaks about it."""

    verdict: Verdict
    found: tuple[Finding, ...]


def segment_of(text: str, surface: ScanSurface) -> Segment:
    """The text as it would stand in an exchange."""
    return Segment(("text",), text, _PROVENANCE[surface], surface.value)


async def scan(inspection: Inspection, rulebook: Rulebook, text: str, surface: ScanSurface) -> Scanned:
    """Judges one text. Raises Unavailable when a detector fails."""
    segment = segment_of(text, surface)
    inspector = rulebook.inspectors[_direction(surface)]
    found = (await inspection.inspect(inspector, [segment])).found
    return _scanned(rulebook, surface, segment, [finding for _, part in found for finding in part])


def scan_now(rulebook: Rulebook, text: str, surface: ScanSurface, place: Place = NOWHERE) -> Scanned:
    """The same without an event loop, for the command line. Raises DetectorFailed."""
    segment = segment_of(text, surface)
    findings = rulebook.inspectors[_direction(surface)].inspect(segment)
    verdict = decide(rulebook.policy, _direction(surface), [(segment, findings)], place)
    return Scanned(verdict, tuple(finding for finding in findings if finding.score >= TOLD))


def _scanned(
    rulebook: Rulebook, surface: ScanSurface, segment: Segment, findings: Sequence[Finding]
) -> Scanned:
    verdict = decide(rulebook.policy, _direction(surface), [(segment, findings)])
    return Scanned(verdict, tuple(finding for finding in findings if finding.score >= TOLD))


def _direction(surface: ScanSurface) -> Direction:
    return Direction.ANSWER if surface is ScanSurface.OUTPUT else Direction.REQUEST
