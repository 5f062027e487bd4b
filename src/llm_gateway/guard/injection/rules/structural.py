"""The detector that runs the structural rules over all views of a text."""

from collections.abc import Iterator
from hashlib import sha256

import re2

from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Provenance
from llm_gateway.guard.detector import Reading
from llm_gateway.guard.injection.rules import (
    extraction,
    indirect,
    languages,
    override,
    persona,
    tokens,
    turns,
)
from llm_gateway.guard.injection.rules.rule import Rule
from llm_gateway.guard.view import View

RULES: tuple[Rule, ...] = (
    *override.RULES, *extraction.RULES, *persona.RULES, *tokens.RULES, *indirect.RULES, *turns.RULES,
    *languages.RULES,
)  # fmt: skip

CONCEALED, DISGUISED = 0.3, 0.1
"""Added to the score of what shows only in a hidden view, or only after undoing a disguise."""
MEMORY = 128 << 20
_PLAIN = frozenset({"text", "html", "url", "unicode", "quoted-printable"})

_MENTION = (
    r"prompt[\s-]injections?|jail-?break(?:s|ing)?\b|injection\s+(?:attack|attempt|detect)|\battack(?:s"
    r"|er|ers)?\b|red[\s-]team|\bphrases?\s+(?:like|such)"
    r"|\bfor\s+example\b|\be\.g\.|\bsuch\s+as\b|\bdetect|\bclassif|\bflag(?:ged|s)?\b|\bwhat\s+(?:does"
    r"|do)\b|\bmean(?:s|ing)?\b|\bsample|\btest\s+case"
    r"|\bmalicious|\bsomeone\s+(?:writes|types|says|told)|\bsays?\b|\bwrote\b|\bexplain\b|\bwhy\b"
    r"|\bessay\b|\bseen\b|\bquote|\bassert|\bunit\s+test|\bfilter|\bcontain|\bends?\s+in\b|\bstring"
    r"|\btemplate|\btokeni[sz]er"
    r"|指令注入|提示词注入|प्रॉम्प्ट इंजेक्शन|инъекци|phrases?\b|\bwords?\b"
)
_TEACHING = (
    r"prompt[\s-]injection|security\s+(?:course|training|class|team)|encoded\s+prompt|test\s+case"
    r"|chat[\s-]templates?|tokeni[sz]er|fine-?tun|special\s+tokens?"
    r"|\bjsonl\b|testfall|status\s+4\d\d"
)
_REPORTED = (
    r"(?:\bnot|n[’']t|\bnever|\b(?:tell|ask|instruct)(?:s|ed|ing)?\s+(?:you|it|them|me|the\s+\w+)\s+to)\s+$"
)
_QUOTES = "\"'“”‘’«»「」『』`„"
MENTIONED = 0.65
"""Factor for a quoted order near words of somebody who talks about such orders."""


class StructuralRules:
    """Finds injections and jailbreaks by their wording. Text by the operator is not looked at."""

    name = "injection"

    def __init__(self, rules: tuple[Rule, ...] = RULES) -> None:
        self.version = _version(rules)
        self._suites = {
            provenance: _Suite([rule for rule in rules if provenance in rule.provenances])
            for provenance in Provenance
        }

    def find(self, reading: Reading) -> Iterator[Finding]:
        """One finding per rule, in the view that scores highest."""
        suite = self._suites[reading.provenance]
        if not suite.rules:
            return
        best: dict[str, Finding] = {}
        for view in reading.views:
            for rule, finding in suite.findings(view):
                known = best.get(rule.name)
                if known is None or finding.score > known.score:
                    best[rule.name] = finding
        yield from best.values()


def _version(rules: tuple[Rule, ...]) -> str:
    """Changes with anything that decides what is found."""
    told = [(r.name, r.category, r.score, r.reason, sorted(r.provenances), r.patterns) for r in rules]
    constants = (CONCEALED, DISGUISED, MENTIONED, _MENTION, _TEACHING, _REPORTED)
    return sha256(repr((told, constants)).encode()).hexdigest()[:12]


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.dot_nl = True
    options.max_mem = MEMORY
    return options


def _family(rule: Rule) -> str:
    """Rules whose automata are run together; fewer states multiply where families are small."""
    family, name = rule.name.split(".")
    return "languages" if len(name) == 2 else family


class _Family:
    """Some rules as one automaton: a single pass says which of them match."""

    def __init__(self, rules: list[Rule], options: re2.Options) -> None:
        self._set = re2.Set.SearchSet(options)
        self._members: list[tuple[Rule, re2._Regexp]] = []
        for rule in rules:
            for pattern in rule.patterns:
                self._set.Add(pattern)
                self._members.append((rule, re2.compile(pattern.encode(), options)))
        self._set.Compile()

    def matches(self, raw: bytes) -> Iterator[tuple[Rule, int, int]]:
        """Which rules match, each with the place of its first match in bytes."""
        for index in self._set.Match(raw) or ():
            rule, pattern = self._members[index]
            match = pattern.search(raw)
            if match is not None:
                yield rule, match.start(), match.end()


class _Suite:
    """The rules for one provenance: one pass over the text says which of them match."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = rules
        options = _options()
        families: dict[str, list[Rule]] = {}
        for rule in rules:
            families.setdefault(_family(rule), []).append(rule)
        self._families = [_Family(members, options) for members in families.values()]
        self._mention, self._teaching, self._reported = (
            re2.compile(pattern.encode(), options) for pattern in (_MENTION, _TEACHING, _REPORTED)
        )

    def findings(self, view: View) -> Iterator[tuple[Rule, Finding]]:
        raw = view.text.encode("utf-8", "replace")
        for family in self._families:
            for rule, start, end in family.matches(raw):
                yield rule, self._finding(rule, view, raw, start, end)

    def _finding(self, rule: Rule, view: View, raw: bytes, begin: int, stop: int) -> Finding:
        start = len(raw[:begin].decode("utf-8", "replace"))
        end = start + len(raw[begin:stop].decode("utf-8", "replace"))
        first, last = view.origin(start, end)
        score, reason = rule.score, rule.reason
        if view.hidden:
            score, reason = score + CONCEALED, f"{reason}; concealed ({view.name})"
        elif view.name not in _PLAIN:
            score, reason = score + DISGUISED, f"{reason}; disguised ({view.name})"
        if self._is_mention(rule, view, (start, end), (first, last)):
            score, reason = min(0.95, score) * MENTIONED, f"{reason}; mentioned"
        return Finding("injection", rule.category, min(0.99, score), first, last, reason, view.name)

    def _is_mention(self, rule: Rule, view: View, span: tuple[int, int], origin: tuple[int, int]) -> bool:
        """Whether somebody talks about such words rather than uses them."""
        if view.hidden or rule.name.startswith("tokens."):
            sent = view
            while sent.parent is not None:
                sent = sent.parent
            return self._near(self._teaching, sent.text, origin)
        start, end = span
        before, after = view.text[max(0, start - 60) : start], view.text[end : end + 200]
        if self._reported.search(before[-40:].encode("utf-8", "replace")):
            return True
        quoted = any(char in _QUOTES for char in before) and any(char in _QUOTES for char in after)
        return quoted and self._near(self._mention, view.text, span)

    def _near(self, pattern: "re2._Regexp", text: str, span: tuple[int, int]) -> bool:
        around = text[max(0, span[0] - 240) : span[0]] + " " + text[span[1] : span[1] + 240]
        return pattern.search(around.encode("utf-8", "replace")) is not None
