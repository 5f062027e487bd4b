"""Texts that are readable only after shifting their letters or turning them around."""

import codecs
import re

import re2

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


def _any_of(words: list[str]) -> re2.Set:
    options = re2.Options()
    options.case_sensitive = False
    compiled = re2.Set.SearchSet(options)
    for word in words:
        compiled.Add(rf"\b{word}\b")
    compiled.Compile()
    return compiled


_ROT13, _BACKWARD = _any_of(ROT13_WORDS), _any_of(BACKWARD_WORDS)
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


def _enough(words: re2.Set, text: str) -> bool:
    return len(words.Match(text.encode("utf-8", "replace")) or ()) >= ENOUGH
