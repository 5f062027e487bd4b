"""RE2 expressions that an operator wrote, over every reading of a text.

One scan with an RE2 set says which of them match at all; only those are run for their places.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import re2

from llm_gateway.domain.finding import Finding
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.spans import strongest

MOST_FINDINGS = 2_000
"""Of one expression in one reading; what follows the last of them counts as found as a whole."""

_MEMORY = 1 << 20
_SET_MEMORY = 256 << 20
_CANARY = "\x00 \x01 whether the set works"
_REASON = "a pattern of the policy"


class PatternsTooLarge(Exception):
    """The expressions do not fit into the memory that one scan over all of them may take."""


class PatternDetector:
    """Finds what expressions match; the category of a finding is that of the expression's list.

    `lists` are RE2 expressions by category, each of which compiles by itself.
    """

    name = "patterns"

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        """Raises PatternsTooLarge."""
        written = [(category, one) for category, many in sorted(lists.items()) for one in many]
        self._compiled = [
            (category, re2.compile(_encoded(one), _options(_MEMORY))) for category, one in written
        ]
        self._set = _set([one for _, one in written])
        self.version = hashlib.sha256(repr(written).encode("utf-8", "replace")).hexdigest()[:16]

    def find(self, reading: Reading) -> Iterable[Finding]:
        """All findings. Of one list they do not overlap; those of different lists may."""
        found: dict[str, list[Finding]] = {}
        for view in reading.views:
            raw = _encoded(view.text)
            for at in self._set.Match(raw) or ():
                category, expression = self._compiled[at]
                for start, end in _spans(expression, raw, view.text):
                    finding = Finding(self.name, category, 1.0, *view.origin(start, end), _REASON, view.name)
                    found.setdefault(category, []).append(finding)
        return [finding for findings in found.values() for finding in strongest(findings)]


def _spans(expression: Any, raw: bytes, text: str) -> Iterator[tuple[int, int]]:
    """The places of all matches, in characters of `text`."""
    matches = expression.finditer(raw)
    place = _Characters(raw, plain=len(raw) == len(text))
    end = 0
    for match in islice(matches, MOST_FINDINGS):
        start, end = place.of(match.start()), place.of(match.end())
        if end > start:
            yield start, end
    if next(matches, None) is not None:
        yield end, len(text)


class _Characters:
    """Counts characters up to places in UTF-8 bytes, asked for in rising order."""

    def __init__(self, raw: bytes, *, plain: bool) -> None:
        self._raw, self._plain = raw, plain
        self._at = self._counted = 0

    def of(self, offset: int) -> int:
        if self._plain:
            return offset
        self._counted += len(self._raw[self._at : offset].decode("utf-8", "replace"))
        self._at = offset
        return self._counted


def _encoded(text: str) -> bytes:
    """Half characters become question marks, one for one."""
    return text.encode("utf-8", "replace")


def _options(memory: int) -> Any:
    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    return options


def _set(expressions: list[str]) -> Any:
    """The set of all expressions. A set that runs out of memory finds nothing and says nothing, so one
    that does not even find its canary is refused."""
    found = re2.Set.SearchSet(_options(_SET_MEMORY))
    for expression in expressions:
        found.Add(expression)
    canary = found.Add(str(re2.escape(_CANARY)))
    found.Compile()
    if canary not in (found.Match(_CANARY.encode()) or ()):
        raise PatternsTooLarge("the patterns are too large together; split the policy or simplify them")
    return found
