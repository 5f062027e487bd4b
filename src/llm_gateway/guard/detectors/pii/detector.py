"""Personal data: patterns with checks over every reading of a segment, and names where asked for."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

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
    names,
    national,
    network,
    passwords,
    plain_words,
    united_states,
)
from llm_gateway.guard.detectors.pii.names import Tagged
from llm_gateway.guard.detectors.rules import RuleBook
from llm_gateway.guard.spans import strongest

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
    *plain_words.RULES,
)
CATEGORIES = frozenset(rule.category for rule in RULES)
ON_REQUEST = frozenset({"url", *(rule.category for rule in plain_words.RULES)})
"""Personal in some settings only: looked for where it is named."""


_NAMES_WEIGH = 0.9
"""A name is never as sure as a number with its check digit."""
_LEAST = 0.5


class NameTagger(Protocol):
    """Finds the categories of `names.CATEGORIES` in a text."""

    def tag(self, text: str) -> Sequence[Tagged]: ...


class PiiDetector:
    """Finds personal data. Built once, shared by all threads.

    `categories`: which to look for; when left out, all but those of `ON_REQUEST`. `tagger`: for names,
    places and organisations; without it those are not looked for. Raises `ValueError` for an unknown
    category, and for one that needs the tagger where there is none.
    """

    name = "pii"

    def __init__(self, categories: Collection[str] | None = None, tagger: NameTagger | None = None) -> None:
        known = CATEGORIES | names.CATEGORIES if tagger else CATEGORIES
        wanted = known - ON_REQUEST if categories is None else frozenset(categories)
        if unknown := wanted - known:
            raise ValueError(f"unknown categories {sorted(unknown)}; known: {sorted(known)}")
        self.version = f"2 {' '.join(sorted(wanted))}"
        self._book = RuleBook(rule for rule in RULES if rule.category in wanted)
        self._names = wanted & names.CATEGORIES
        self._tagger = tagger if self._names else None

    def find(self, reading: Reading) -> Iterable[Finding]:
        """Findings that do not overlap: where two claim a piece, the surer one has it."""
        found = over_views(self.name, self._book, reading)
        if self._tagger is None:
            return found
        return strongest([*found, *self._tagged(self._tagger, reading.text)])

    def _tagged(self, tagger: NameTagger, text: str) -> Iterator[Finding]:
        for one in tagger.tag(text):
            if one.category in self._names and one.score >= _LEAST:
                score = round(one.score * _NAMES_WEIGH, 3)
                yield Finding(
                    self.name, one.category, score, one.start, one.end, f"reads like a {one.category}"
                )
