"""Words that must stand near a value before it counts."""

from functools import cached_property
from typing import Any

import re2

BEFORE = 64
AFTER = 24
_SHORT = 4


class Words:
    """Words, given with commas between them, matched without regard to case near a value.

    Words of up to four ASCII letters must stand alone (`pin` is not in `pinned`); longer ones may
    be part of a compound (`passportNumber`). `_` and digits count as borders: `user_ssn`.
    """

    def __init__(self, terms: str, before: int = BEFORE, after: int = AFTER) -> None:
        self.terms = tuple(term.strip() for term in terms.lower().split(","))
        self._before = before
        self._after = after

    def __add__(self, other: "Words") -> "Words":
        return Words(",".join((*self.terms, *other.terms)), before=self._before, after=self._after)

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """RE2 expressions over the lower-cased text, one of which holds wherever a word stands."""
        return tuple(_gate(term) for term in self.terms)

    @cached_property
    def _first(self) -> Any:
        return re2.compile(f"(?:{'|'.join(self.gates)})".encode())

    @cached_property
    def _last(self) -> Any:
        return re2.compile(f"(?s).*(?:{'|'.join(self.gates)})".encode())

    def near(self, text: str, start: int, end: int) -> bool:
        """Whether one of the words stands before or shortly after `text[start:end]`."""
        return self.distance(text, start, end) is not None

    def distance(self, text: str, start: int, end: int) -> int | None:
        """Bytes between `text[start:end]` and the nearest word before it, else after it."""
        before = _bytes(text[max(0, start - self._before) : start])
        if (match := self._last.match(before)) is not None:
            return len(before) - int(match.end())
        if self._after and (match := self._first.search(_bytes(text[end : end + self._after]))):
            return int(match.start())
        return None


def _bytes(window: str) -> bytes:
    return window.lower().encode("utf-8", "replace")


def _alone(term: str) -> bool:
    return len(term) <= _SHORT and term.isascii() and term.isalpha()


def _gate(term: str) -> str:
    return rf"(?:^|[^a-z]){term}(?:[^a-z]|$)" if _alone(term) else str(re2.escape(term))
