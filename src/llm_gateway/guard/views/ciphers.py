"""Texts that are readable only after shifting their letters or turning them around."""

import codecs
import re

from llm_gateway.guard.view import View

_PLAIN = (
    "the", "and", "you", "your", "this", "that", "with", "from", "what", "have", "are", "for", "all",
    "not", "any", "rules", "ignore", "disregard", "forget", "instructions", "instruction", "previous",
    "system", "prompt", "prompts", "reveal", "password", "secret", "without", "assistant", "above",
    "following",
)  # fmt: skip
ROT13_WORDS = [codecs.encode(word, "rot13") for word in _PLAIN if word not in {"are", "for", "any"}]
BACKWARD_WORDS = [word[::-1] for word in _PLAIN if word not in {"are", "for", "not", "all"}]
BACKWARD_CJK = "略忽|令指|示提|시무|시지|れさ視無"
_CJK_BACKWARD = re.compile(BACKWARD_CJK)

_ROT13 = re.compile(rf"\b(?:{'|'.join(ROT13_WORDS)})\b", re.I)
_BACKWARD = re.compile(rf"\b(?:{'|'.join(BACKWARD_WORDS)})\b", re.I)
_OVERRIDE = "\u202e"
ENOUGH = 2
"""Distinct tell-tale words that make a cipher likely; one may be a name or an abbreviation."""


def rot13(view: View) -> View | None:
    if not _enough(_ROT13, view.text):
        return None
    return View("rot13", codecs.encode(view.text, "rot13"), True, view)


def backward(view: View) -> View | None:
    """Back to front, as written so or as a right-to-left override (U+202E) draws it."""
    text = view.text
    if _OVERRIDE not in text and not _CJK_BACKWARD.search(text) and not _enough(_BACKWARD, text):
        return None
    return View("reversed", text[::-1], True, view, mirrored=True)


def _enough(words: re.Pattern[str], text: str) -> bool:
    seen: set[str] = set()
    for match in words.finditer(text):
        seen.add(match.group().lower())
        if len(seen) >= ENOUGH:
            return True
    return False
