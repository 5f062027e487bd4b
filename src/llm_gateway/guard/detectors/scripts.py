"""The scripts a text is written in. Scripts, not languages: those cannot be told from a short text."""

import re
from collections import Counter
from collections.abc import Iterable

from llm_gateway.domain.finding import Finding
from llm_gateway.guard.detector import Reading

# Blocks of Unicode by script; letters of other blocks count as `other`.
_BLOCKS = {
    "latin": "A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "cyrillic": "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "armenian": "\u0531-\u058f",
    "hebrew": "\u0591-\u05f4\ufb1d-\ufb4f",
    "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "devanagari": "\u0900-\u097f\ua8e0-\ua8ff",
    "bengali": "\u0980-\u09ff",
    "gurmukhi": "\u0a00-\u0a7f",
    "gujarati": "\u0a80-\u0aff",
    "tamil": "\u0b80-\u0bff",
    "telugu": "\u0c00-\u0c7f",
    "kannada": "\u0c80-\u0cff",
    "malayalam": "\u0d00-\u0d7f",
    "sinhala": "\u0d80-\u0dff",
    "thai": "\u0e01-\u0e5b",
    "georgian": "\u10a0-\u10ff\u1c90-\u1cbf",
    "ethiopic": "\u1200-\u139f",
    "khmer": "\u1780-\u17ff",
    "kana": "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "hangul": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
CATEGORIES = frozenset((*_BLOCKS, "other"))
_LETTERS = re.compile(
    "|".join(f"(?P<{name}>[{block}]+)" for name, block in _BLOCKS.items()) + r"|(?P<other>[^\W\d_]+)"
)

FEWEST = 4
SHARE = 0.2


class ScriptDetector:
    """Names each script that at least four letters and a fifth of all letters of a text belong to.

    The score is the share. The text as sent is looked at, no reading of it.
    """

    name = "script"
    version = "1"

    def find(self, reading: Reading) -> Iterable[Finding]:
        """One finding for each script, from its first letter to its last."""
        counts: Counter[str] = Counter()
        spans: dict[str, tuple[int, int]] = {}
        for match in _LETTERS.finditer(reading.text):
            name = match.lastgroup or "other"
            counts[name] += match.end() - match.start()
            spans[name] = (spans.get(name, match.span())[0], match.end())
        total = counts.total()
        for name, count in counts.items():
            if count >= FEWEST and count >= SHARE * total:
                reason = f"text in {name} script"
                yield Finding(self.name, name, round(count / total, 4), *spans[name], reason)
