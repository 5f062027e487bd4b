"""Structured personal data: patterns with checks, over every reading of a segment."""

from collections.abc import Collection, Iterable

from llm_gateway.domain.finding import Finding
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.findings import over_views
from llm_gateway.guard.detectors.pii import (
    bank,
    cards,
    contact,
    crypto,
    dates,
    devices,
    documents,
    national,
    network,
    passwords,
    united_states,
)
from llm_gateway.guard.detectors.rules import RuleBook

RULES = (
    *cards.RULES,
    *bank.RULES,
    *crypto.RULES,
    *united_states.RULES,
    *national.RULES,
    *documents.RULES,
    *contact.RULES,
    *network.RULES,
    *dates.RULES,
    *devices.RULES,
    *passwords.RULES,
)
CATEGORIES = frozenset(rule.category for rule in RULES)
ON_REQUEST = frozenset({"url"})
"""Personal in some settings only: looked for where it is named."""


class PiiDetector:
    """Finds structured personal data. Built once, shared by all threads.

    `categories`: which to look for; when left out, all but those of `ON_REQUEST`. Raises `ValueError`
    for an unknown one.
    """

    name = "pii"
    version = "1"

    def __init__(self, categories: Collection[str] | None = None) -> None:
        wanted = CATEGORIES - ON_REQUEST if categories is None else frozenset(categories)
        if unknown := wanted - CATEGORIES:
            raise ValueError(f"unknown categories {sorted(unknown)}; known: {sorted(CATEGORIES)}")
        self._book = RuleBook(rule for rule in RULES if rule.category in wanted)

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Findings that do not overlap: where two rules claim a piece, the surer one has it."""
        return over_views(self.name, self._book, reading)
