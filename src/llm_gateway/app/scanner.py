"""Judging texts in process, without a server or a data directory."""

from pathlib import Path

from llm_gateway.app.rulebooks import rulebooks_of
from llm_gateway.domain.finding import Finding
from llm_gateway.domain.scan import ScanSurface
from llm_gateway.pipeline.scan import Scanned, scan_now


class LocalScanner:
    """The detectors and rules of the gateway, at hand. Raises CannotStart for a wrong policy file."""

    def __init__(self, policy_file: Path | None = None) -> None:
        self._rulebook = rulebooks_of(policy_file).default

    def scan(self, text: str, surface: ScanSurface) -> Scanned:
        """The verdict over one text. Raises DetectorFailed."""
        return scan_now(self._rulebook, text, surface)


def document(scanned: Scanned) -> dict[str, object]:
    """A scan as the API and the command line write it. Never holds the text."""
    verdict = scanned.verdict
    return {
        "is_safe": verdict.is_safe,
        "verdict": verdict.action.word,
        "violated_rule": verdict.rule,
        "reason": verdict.reason or None,
        "risk_score": round(verdict.risk_score, 4),
        "findings": [_finding(finding) for finding in scanned.found],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "detector": finding.detector,
        "category": finding.category,
        "score": round(finding.score, 4),
        "start": finding.start,
        "end": finding.end,
        "reason": finding.reason,
        "view": finding.view,
    }
