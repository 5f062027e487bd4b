"""Which tool the simulated model calls, and with what arguments."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from llm_gateway.upstream.demo.schema import MAX_CHOICES, instance

_WORD = re.compile(r"[a-z0-9]+")
_QUOTED = re.compile(r'"([^"\n]{1,200})"')
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,12}(?:\.\d{1,6})?(?![\w.])")
_PLACE = re.compile(r"\b(?:in|for|to|at|of|from) ((?:[A-Z][\w'-]{0,30})(?: [A-Z][\w'-]{0,30}){0,3})")
_COMMON_TEXT = """
a an and are as at be by call can do for from get give has have i in is it me my of on or our please
show tell that the their this to tool use user what when where which who will with you your
"""
_COMMON = frozenset(_COMMON_TEXT.split())


def chosen(
    tools: Sequence[Mapping[str, Any]], choice: Any, text: str
) -> tuple[str, Mapping[str, Any]] | None:
    """Name and schema of the function to call, or None. `choice` is the request's `tool_choice`."""
    functions = [tool["function"] for tool in tools]
    if not functions or choice == "none":
        return None
    if isinstance(choice, Mapping):
        function = choice.get("function")
        wanted = function.get("name") if isinstance(function, Mapping) else None
        functions = [function for function in functions if function["name"] == wanted]
    best = max(functions, key=lambda function: _likeness(function, text), default=None)
    if best is None or (choice in (None, "auto") and _likeness(best, text) < 2):
        return None
    return best["name"], best.get("parameters") or {}


def _likeness(function: Mapping[str, Any], text: str) -> int:
    """Words that the question shares with the tool; a word of its name counts twice."""
    asked = _words(text[:8192])
    name = _words(re.sub(r"([a-z])([A-Z])", r"\1 \2", function["name"]))
    return 2 * len(asked & name) + len(asked & _words(function.get("description") or ""))


def _words(text: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(text.lower())} - _COMMON


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def arguments(schema: Mapping[str, Any], text: str) -> Any:
    """Arguments that fit the schema, taken from the question where they can be found in it."""
    text = text[:8192]
    lowered = text.lower()
    numbers = [float(found) if "." in found else int(found) for found in _NUMBER.findall(text)]
    phrases = [*_QUOTED.findall(text), *_PLACE.findall(text)]

    def guess(_name: str, leaf: Mapping[str, Any]) -> Any:
        choices = leaf.get("enum")
        if isinstance(choices, list) and choices:
            return next((one for one in choices[:MAX_CHOICES] if str(one).lower() in lowered), None)
        if leaf.get("type") in ("integer", "number"):
            return numbers.pop(0) if numbers else None
        return phrases.pop(0) if phrases else None

    return instance(schema, guess)
