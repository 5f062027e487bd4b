"""Override, extraction of the prompt and unrestricted persona in fourteen more languages."""

import re

from llm_gateway.guard.injection.rules import languages_europe, languages_world
from llm_gateway.guard.injection.rules.language import Language
from llm_gateway.guard.injection.rules.rule import INJECTION, INPUT, JAILBREAK, Rule

_GAP = r"[\s,;:«»\"'“”’()*-]"
_LETTER = r"[^\s.,;:!?]"
_ANY_WORD_CLASS = re.compile(r"\[\\w[^\]]*\]|\\w")


def _within(pattern: str) -> str:
    r"""RE2's `\w`, `\W` and `\b` are ASCII. Between words of other scripts only marks and spaces may
    stand, and no full stop."""
    pattern = pattern.replace(r"\W", _GAP).replace(r"\b", "")
    return _ANY_WORD_CLASS.sub(lambda match: _LETTER, pattern)


def _rules(language: Language) -> tuple[Rule, Rule, Rule]:
    code, (override, extraction, persona) = language.code, language.samples
    return (
        Rule(
            f"override.{code}", INJECTION, 0.92, "tells the model to drop its earlier instructions", INPUT,
            tuple(map(_within, language.override)), (override,), language.harmless,
        ),
        Rule(
            f"extraction.{code}", INJECTION, 0.88, "asks for the hidden instructions", INPUT,
            tuple(map(_within, language.extraction)), (extraction,), language.harmless,
        ),
        Rule(
            f"persona.{code}", JAILBREAK, 0.9, "asks the model to act without restrictions", INPUT,
            tuple(map(_within, language.persona)), (persona,), language.harmless,
        ),
    )  # fmt: skip


RULES = tuple(
    rule
    for language in (*languages_europe.LANGUAGES, *languages_world.LANGUAGES)
    for rule in _rules(language)
)
