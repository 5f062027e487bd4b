"""Words written letter by letter, or with digits and signs for letters."""

import re

from llm_gateway.guard.view import View
from llm_gateway.guard.views.edits import Parts, edited

SEPARATOR = (
    r"[ \t!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u2027\u2030-\u205e\u2190-\u2bff"
    r"\u3000-\u303f\u30fb\uff01-\uff0f\U0001f000-\U0001faff]"
)
"""What may stand between the letters of a word that is spelled out."""
_SPELLED = re.compile(rf"(?<![^\W_])[^\W\d_]({SEPARATOR})\1{{0,2}}+(?:[^\W\d_]\1{{1,3}}+)+[^\W\d_](?![^\W_])")
_GAP = re.compile(rf"({SEPARATOR}+)")

_LEET = str.maketrans("013457@$!|9", "oieastasilg")
_LEET_WORD = re.compile(r"(?<![\w/=&?.#-])(?=[A-Za-z]*+[013457@$!|])[A-Za-z013457@$!|]{3,24}(?![\w/=&?#-])")
_MIXED = re.compile(r"[A-Za-z][013457@$!|]|[013457@$!|][A-Za-z]")
_COMMON = frozenset({
    "the", "and", "you", "your", "this", "that", "with", "from", "what", "have", "are", "for", "not",
    "but", "all", "any", "can", "will", "how", "who", "why", "when", "where", "into", "our", "out",
    "ignore", "disregard", "forget", "bypass", "instructions", "instruction", "previous", "system",
    "prompt", "reveal", "password", "secret", "rules", "without", "assistant", "above", "following",
    "everything", "safety", "filter", "filters", "create", "write", "make", "tell", "give", "show",
    "print", "output", "answer", "describe", "explain", "provide", "develop", "design", "use", "using",
    "steal", "hack", "fake", "identity", "information", "illegal", "activities", "detail", "details",
    "commit", "step", "steps", "message", "only", "word", "done", "reply", "never", "always", "must",
    "should", "would", "could", "been", "about", "people", "person", "user", "translate", "repeat",
    "instead", "between", "words", "sentence", "response", "respond", "request", "text", "code",
    "guide", "against", "was", "were", "has", "had", "his", "her", "they", "them", "then", "than",
    "there", "here", "some", "more", "most", "very", "just", "like", "one", "two",
})  # fmt: skip
ENOUGH = 2


def spaced(view: View) -> View | None:
    """`i g n o r e  t h i s` → `ignore this`: a single separator goes, a wider gap becomes a space."""
    old: list[str] = [""]
    kept = 0
    for run in _SPELLED.finditer(view.text):
        pieces = _GAP.split(run.group())
        old[-1] += view.text[kept : run.start()] + pieces[0]
        old += pieces[1:]
        kept = run.end()
    if not kept:
        return None
    old[-1] += view.text[kept:]
    new = old.copy()
    new[1::2] = ["" if len(gap) == 1 else " " for gap in old[1::2]]
    return edited(view, "spaced", Parts(old, new))


def leet(view: View) -> View | None:
    """`1gn0r3 7h15` → `ignore this`, if several words become common ones."""
    pieces: list[str] = []
    kept = hits = 0
    for match in _LEET_WORD.finditer(view.text):
        word = match.group()
        if not _MIXED.search(word):
            continue
        plain = word.translate(_LEET)
        hits += plain.lower().strip("il") in _COMMON or plain.lower() in _COMMON
        pieces += view.text[kept : match.start()], plain
        kept = match.end()
    if hits < ENOUGH:
        return None
    return View("leet", "".join(pieces) + view.text[kept:], view.hidden, view)
