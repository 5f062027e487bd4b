"""From hits in the readings of a text to findings in the text as sent."""

from llm_gateway.domain.finding import Finding
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.rules import RuleBook
from llm_gateway.guard.spans import strongest

_BLIND = frozenset({"leet"})
"""Readings that exchange digits and letters: what looks like a number there is none."""


def over_views(detector: str, book: RuleBook, reading: Reading) -> list[Finding]:
    """All findings of `book` in all views, none overlapping another, in the order of the text.

    A view that shows nothing new repeats what the text as sent shows; the surer finding, then the
    longer, then the one of the earlier view stays.
    """
    found = [
        Finding(
            detector,
            hit.rule.category,
            hit.score,
            *view.origin(hit.start, hit.end),
            hit.rule.reason,
            view.name,
        )
        for view in reading.views
        if view.name not in _BLIND
        for hit in book.find(view.text)
    ]
    return strongest(found) if len(found) > 1 else found
