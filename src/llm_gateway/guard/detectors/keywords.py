"""Words and phrases that an operator listed, over every reading of a text.

All phrases of a policy are one trie of words, so a text is gone over once whatever their number:
at each word the trie is followed for as long as the longest phrase, which is bounded.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from llm_gateway.domain.finding import Finding
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.detectors.tokens import Token, tokens
from llm_gateway.guard.spans import strongest

LONGEST_PHRASE = 16
MOST_FINDINGS = 2_000
"""Of one list in one reading; the last of them reaches to the end of the text."""

_SIGNS = frozenset("+#&@$%*€£")
_REASON = "a word or phrase that the policy lists"


class KeywordError(Exception):
    """A keyword cannot be looked for; the message names the remedy."""


@dataclass(slots=True)
class _Node:
    """A place in the trie. `ends` are the categories whose phrase ends here, with the signs it needs."""

    words: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)
    beginnings: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    sizes: tuple[int, ...] = ()


class KeywordDetector:
    """Finds listed words; the category of a finding is that of the list.

    `lists` are words and phrases by category. Spelling counts, case, accents' encoding and what stands
    between the words do not; `+ # & @ $ %` in a keyword must stand in the text, too. A star at the
    end of a keyword stands for any ending of its last word.
    """

    name = "keywords"

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        """Raises KeywordError."""
        self._root = _Node()
        digest = hashlib.sha256()
        for category, words in sorted(lists.items()):
            for word in words:
                digest.update(f"{category}\0{word}\0".encode("utf-8", "replace"))
                self._add(category, word)
        self.version = digest.hexdigest()[:16]

    def find(self, reading: Reading) -> Iterable[Finding]:
        """All findings. Of one list they do not overlap; those of different lists may."""
        found: dict[str, list[Finding]] = {}
        for view in reading.views:
            counts: Counter[str] = Counter()
            for category, start, end in self._matches(view.text):
                counts[category] += 1
                if counts[category] > MOST_FINDINGS:
                    continue
                if counts[category] == MOST_FINDINGS:
                    end = len(view.text)  # noqa: PLW2901 - the rest is found as a whole
                finding = Finding(self.name, category, 1.0, *view.origin(start, end), _REASON, view.name)
                found.setdefault(category, []).append(finding)
        return [finding for findings in found.values() for finding in strongest(findings)]

    def _add(self, category: str, written: str) -> None:
        any_ending = written.endswith("*")
        phrase = [token.word for token in tokens(written.removesuffix("*"))]
        if not phrase:
            raise KeywordError("a keyword needs a letter or a digit; use a pattern for signs alone")
        if len(phrase) > LONGEST_PHRASE:
            raise KeywordError(f"a keyword has at most {LONGEST_PHRASE} words; use a pattern instead")
        node = self._root
        for word in phrase[:-1] if any_ending else phrase:
            node = node.words.setdefault(word, _Node())
        end = (category, _signs(written))
        if any_ending:
            node.beginnings.setdefault(phrase[-1], []).append(end)
            node.sizes = tuple(sorted({*node.sizes, len(phrase[-1])}))
        else:
            node.ends.append(end)

    def _matches(self, text: str) -> Iterator[tuple[str, int, int]]:
        words = list(tokens(text))
        for at, first in enumerate(words):
            if first.word in self._root.words or self._root.sizes:
                for (category, signs), last in self._from(words, at):
                    if not signs:
                        yield category, first.start, last.end
                    elif (start := _place(signs, text, first.start, last.end)) >= 0:
                        yield category, start, max(last.end, start + len(signs))

    def _from(self, words: Sequence[Token], at: int) -> Iterator[tuple[tuple[str, str], Token]]:
        """The phrases that begin with word number `at`, with their last words."""
        node: _Node | None = self._root
        for token in words[at : at + LONGEST_PHRASE]:
            if node is None:
                return
            for size in node.sizes:
                for end in node.beginnings.get(token.word[:size], ()):
                    yield end, token
            node = node.words.get(token.word)
            if node is not None:
                for end in node.ends:
                    yield end, token


def _signs(written: str) -> str:
    """The keyword as it must stand in the text, if it has signs; empty otherwise."""
    plain = written.removesuffix("*").strip()
    return plain.lower() if _SIGNS & set(plain) else ""


def _place(signs: str, text: str, start: int, end: int) -> int:
    """Where a keyword with signs begins, close around the words that were found; -1 if nowhere."""
    around = max(0, start - len(signs))
    at = text[around : end + len(signs)].lower().find(signs)
    return -1 if at < 0 else around + at
