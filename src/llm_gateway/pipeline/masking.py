"""Mask verdicts → edits of a body, and the way back. One per exchange.

Placeholders are derived from the value under a secret of the gateway key, so the same value has the
same placeholder in every turn and after a restart, and nothing has to be stored: the client sends
the original text with each turn, and only what was masked in this very exchange is restored.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from llm_gateway.domain.text import Path, Segment, SegmentKind
from llm_gateway.domain.verdict import Action, Hit, Verdict
from llm_gateway.guard.masking import Masker, MaskSpan, Restorer, Style
from llm_gateway.pipeline.window import Replacement, Restore
from llm_gateway.policy import Policy
from llm_gateway.wire.collect import Collector

# Strings that are JSON texts themselves: a value put into one is written as JSON writes it.
_JSON_TEXTS = frozenset(("arguments", "partial_json"))


class Masking:
    """What an exchange masked, and how to restore it. `secret` gives the key's own secret."""

    def __init__(self, policy: Policy, secret: Callable[[], bytes]) -> None:
        self._policy = policy
        self._secret = secret
        self._masker: Masker | None = None
        self.restore: Restore | None = None

    def request_edits(self, segments: Iterable[Segment], verdict: Verdict) -> dict[Path, str]:
        """The texts of the request with everything masked that the verdict says."""
        masker = self._of(segments)
        edits = {
            segment.path: masker.mask(segment.text, self._spans(hits), depth(segment.path))
            for segment, hits in _by_segment(verdict)
        }
        if masker.mapping.values:
            self.restore = Restoring(masker)
        return edits

    def answer_edits(self, segments: Iterable[Segment], verdict: Verdict) -> dict[Path, str]:
        """The texts of the answer, masked as the verdict says and restored."""
        masks = {
            segment.path: list(self.replacements(segment, verdict)) for segment, _ in _by_segment(verdict)
        }
        edits = {}
        for segment in segments:
            if segment.kind is SegmentKind.TEXT:
                changes = masks.get(segment.path, [])
                if self.restore is not None:
                    changes = [*changes, *self.restore.replacements(segment.text, segment.path)]
                if changes:
                    edits[segment.path] = replaced(segment.text, changes)
        return edits

    def leaf_edits(self, value: Any) -> dict[Path, str]:
        """Every string of a body that is no answer (an error that repeats the request), restored."""
        leaves = Collector()
        leaves.leaves((), value)
        return self.answer_edits(leaves.segments, NOTHING)

    def replacements(self, segment: Segment, verdict: Verdict) -> Iterable[Replacement]:
        """What the verdict's masks put in place of spans of an answer's text.

        Nobody would restore a placeholder in an answer, so there it is a redaction.
        """
        masker = self._of((segment,))
        for start, end, category, style in self._spans(_masks(verdict.hits)):
            final = Style.REDACT if style is Style.PLACEHOLDER else style
            span = MaskSpan(0, end - start, category, final)
            yield Replacement(start, end, masker.mask(segment.text[start:end], [span], depth(segment.path)))

    def _of(self, segments: Iterable[Segment]) -> Masker:
        if self._masker is None:
            self._masker = Masker(self._secret(), texts=[segment.text for segment in segments])
        return self._masker

    def _spans(self, hits: Iterable[Hit]) -> list[MaskSpan]:
        return [
            MaskSpan(hit.finding.start, hit.finding.end, hit.finding.category, self._style(hit.rule))
            for hit in hits
        ]

    def _style(self, rule: str) -> Style:
        return Style(self._policy.by_id[rule].style.value)


NOTHING = Verdict(Action.ALLOW)


class Restoring:
    """Puts back what was masked, in plain texts and in texts that are JSON."""

    def __init__(self, masker: Masker) -> None:
        self._restorers = [Restorer(masker.mapping, json_depth) for json_depth in (0, 1)]

    def replacements(self, text: str, channel: Path) -> Iterable[Replacement]:
        """The placeholders in `text` with their values."""
        return (Replacement(*found) for found in self._restorers[depth(channel)].edits(text))

    def settled(self, text: str) -> int:
        """The number of leading characters that cannot belong to an unfinished placeholder."""
        return self._restorers[0].settled(text)


def depth(path: Path) -> int:
    """1 for a string that holds JSON, 0 for plain text."""
    return int(bool(path) and path[-1] in _JSON_TEXTS)


def replaced(text: str, changes: Sequence[Replacement]) -> str:
    """`text` with the changes applied. Where two overlap, the first has the piece."""
    out: list[str] = []
    at = 0
    for change in sorted(changes):
        if change.start >= at:
            out += (text[at : change.start], change.text)
            at = change.end
        elif change.end > at:
            at = change.end
    return "".join((*out, text[at:]))


def _masks(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.action is Action.MASK and not hit.monitored]


def _by_segment(verdict: Verdict) -> Iterable[tuple[Segment, list[Hit]]]:
    """The masks of each text. Grouped by path: the part of a joined text is the text at its path."""
    grouped: dict[Path, list[Hit]] = defaultdict(list)
    for hit in _masks(verdict.hits):
        grouped[hit.segment.path].append(hit)
    return ((hits[0].segment, hits) for hits in grouped.values())
