"""What a detector is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.view import View
from llm_gateway.guard.views import views_of


class Reading:
    """A segment with its views, built once and shared by all detectors."""

    __slots__ = ("__dict__", "segment")

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    @property
    def text(self) -> str:
        """The text as sent."""
        return self.segment.text

    @property
    def provenance(self) -> Provenance:
        return self.segment.provenance

    @cached_property
    def views(self) -> Sequence[View]:
        """All readings of the text; the first is the text as sent."""
        return views_of(self.segment.text)


class Detector(Protocol):
    """Finds things in one segment at a time.

    `name` is the word that policies use. `version` changes whenever the same text could give other
    findings; it is part of the key under which findings are cached. `find` never raises on any
    text; if a detector does raise, the exchange is refused.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def find(self, reading: Reading) -> Iterable[Finding]:
        """All findings in the segment, in any order; offsets refer to `reading.text`."""
        ...


@dataclass(frozen=True, slots=True)
class Sample:
    """A text that a rule must, or must not, find something in. Kept beside the rule, run by the suite."""

    text: str
    found: tuple[str, ...] = ()
    provenance: Provenance = Provenance.USER
