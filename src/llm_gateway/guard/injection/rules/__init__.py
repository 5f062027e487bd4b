"""Structural rules: injection and jailbreak recognised by their wording, in microseconds.

rule        what a rule is
override, extraction, persona, tokens, indirect, turns   the families, English
languages   override, extraction and persona in fourteen more languages (europe, world)
structural  the detector that runs them

Adding a rule is one entry in its family, with samples it must and must not find.
"""

from llm_gateway.guard.injection.rules.structural import RULES, StructuralRules

__all__ = ["RULES", "StructuralRules"]
