"""A structural rule: data, with the samples that prove it beside it."""

from typing import NamedTuple

from llm_gateway.domain.text import Provenance

INJECTION = "injection"
JAILBREAK = "jailbreak"

USER = frozenset({Provenance.USER})
INDIRECT = frozenset({Provenance.TOOL, Provenance.TOOL_DEFINITION})
INPUT = USER | INDIRECT
ANYONE = INPUT | {Provenance.MODEL}


class Rule(NamedTuple):
    """What a text of one of `provenances` must not say.

    `patterns` are RE2, case-insensitive, any of them suffices. `score` is the confidence: 0.9 and more
    blocks on its own, below 0.8 it is one signal among others.
    """

    name: str
    category: str
    score: float
    reason: str
    provenances: frozenset[Provenance]
    patterns: tuple[str, ...]
    found_in: tuple[str, ...]
    not_found_in: tuple[str, ...]


def words(*alternatives: str) -> str:
    """One of the words or phrases; a space stands for anything between words."""
    return "(?:" + "|".join(text.replace(" ", r"\W+") for text in alternatives) + ")"


def upto(count: int) -> str:
    """Up to so many arbitrary words."""
    return rf"(?:[\w'’-]+\W+){{0,{count}}}?"
