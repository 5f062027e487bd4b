"""Labelled texts for the tagger: read, mixed, and varied by exchanging entities."""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from training.pii import made_up

CATEGORY = {
    "PERSON": "person",
    "LOCATION": "location",
    "ORG": "organization",
    "ADDRESS": "address",
    "DATE": "date",
    "DATE_OF_BIRTH": "date",
    "AGE": "age",
    "NRP": "affiliation",
    "TITLE": "title",
    "PREFIX": "title",
    "USERNAME": "username",
}
PARTIAL = frozenset({"btc", "wnut17_train"})
"""Files that mark people, places and organisations only."""
_MADE = {
    "person": lambda pool, chance: chance.choice(pool["person"]),
    "location": made_up.place,
    "organization": made_up.organisation,
    "address": made_up.address,
}
_WHOLE = 24
"""Characters from which an address span is a whole address, not a house number alone."""


class Span(NamedTuple):
    start: int
    end: int
    category: str


class Row(NamedTuple):
    """A text with its spans; `partial` rows say nothing about the other categories."""

    text: str
    spans: tuple[Span, ...]
    partial: bool = False


def read(path: Path) -> Iterator[Row]:
    """The rows of one file, with the labels of the tagger."""
    partial = path.name.split(".")[0] in PARTIAL
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            yield _row(json.loads(line), partial)


def _row(raw: dict[str, Any], partial: bool) -> Row:
    spans = tuple(
        Span(span["start"], span["end"], CATEGORY[span["label"]])
        for span in raw["spans"]
        if span["label"] in CATEGORY
    )
    return Row(raw["text"], spans, partial)


def varied(rows: Iterable[Row], pool: dict[str, list[str]], chance: random.Random) -> Iterator[Row]:
    """Each row with its people, places and organisations exchanged for others of the pool."""
    for row in rows:
        text, spans, end = "", [], 0
        for span in row.spans:
            value = row.text[span.start : span.end]
            if span.category in _MADE and (span.category != "address" or len(value) >= _WHOLE):
                value = _MADE[span.category](pool, chance)
            text += row.text[end : span.start]
            spans.append(Span(len(text), len(text) + len(value), span.category))
            text += value
            end = span.end
        text += row.text[end:]
        lower = chance.random() < 0.1
        yield Row(
            text.lower() if lower and len(text.lower()) == len(text) else text, tuple(spans), row.partial
        )


def pool_of(rows: Iterable[Row]) -> dict[str, list[str]]:
    """All surface forms by category, as often as they occur."""
    pool: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for span in row.spans:
            pool[span.category].append(row.text[span.start : span.end])
    return pool
