"""The policy document: YAML in, Policy out, every mistake named with its line and the remedy."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from importlib.resources import files
from typing import Any, TypeVar

from llm_gateway.domain.text import Direction, Path, Provenance, dotted
from llm_gateway.domain.verdict import Action
from llm_gateway.policy.model import MaskStyle, Policy, Rule
from llm_gateway.policy.yaml_text import Located, YamlError, read_yaml

_POLICY = ("name", "description", "rules")
_RULE = ("id", "description", "when", "then", "style", "mode", "message")
_WHEN = ("detector", "category", "score", "provenance", "direction")
DETECTORS = ("injection", "pii", "secrets", "exfiltration", "media")

Word = TypeVar("Word", bound=StrEnum)


class PolicyError(Exception):
    """A policy document is wrong; the message names line, field and remedy."""


def default_policy() -> Policy:
    """The policy of a fresh installation."""
    return parse_policy(files("llm_gateway.policy").joinpath("default.yaml").read_text("utf-8"))


def parse_policy(text: str) -> Policy:
    """The policy in a YAML document. Raises PolicyError."""
    try:
        return _Reader(read_yaml(text)).policy(hashlib.sha256(text.encode()).hexdigest()[:12])
    except YamlError as error:
        raise PolicyError(f"line {error.line}: {error}") from None


class _Reader:
    """Reads the values of one document; knows the lines for the complaints."""

    def __init__(self, source: Located) -> None:
        self._source = source

    def policy(self, version: str) -> Policy:
        document = self._object((), self._source.value, _POLICY)
        rules = document.get("rules", [])
        if not isinstance(rules, list):
            raise self._wrong(("rules",), "must be a list of rules")
        built = tuple(self._rule(("rules", index), rule) for index, rule in enumerate(rules))
        self._unique(built)
        return Policy(self._text(("name",), document.get("name")), version, built)

    def _rule(self, path: Path, value: Any) -> Rule:
        rule = self._object(path, value, _RULE)
        when = self._object((*path, "when"), rule.get("when"), _WHEN)

        def there(name: str) -> Path:
            return (*path, "when", name)

        return Rule(
            id=self._text((*path, "id"), rule.get("id")),
            detector=self._one_of(there("detector"), when.get("detector"), DETECTORS),
            action=self._action((*path, "then"), rule.get("then")),
            categories=frozenset(self._words(there("category"), when.get("category"))),
            provenances=frozenset(self._members(there("provenance"), when.get("provenance"), Provenance)),
            directions=frozenset(self._members(there("direction"), when.get("direction"), Direction)),
            score=self._score(there("score"), when.get("score", 0.0)),
            style=self._member((*path, "style"), rule.get("style", "placeholder"), MaskStyle),
            enforced=self._one_of((*path, "mode"), rule.get("mode", "enforce"), ("enforce", "monitor"))
            == "enforce",
            message=self._optional_text((*path, "message"), rule.get("message")),
        )

    def _object(self, path: Path, value: Any, known: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(path, f"must be an object with {', '.join(known)}")
        for name in value:
            if name not in known:
                raise self._wrong((*path, name), f"no such field; known are {', '.join(known)}")
        return value

    def _text(self, path: Path, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(path, "must be a text that is not empty")
        return value

    def _optional_text(self, path: Path, value: Any) -> str:
        return "" if value is None else self._text(path, value)

    def _score(self, path: Path, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise self._wrong(path, "must be a number from 0 to 1")
        return float(value)

    def _action(self, path: Path, value: Any) -> Action:
        return Action[self._one_of(path, value, ("flag", "mask", "block")).upper()]

    def _one_of(self, path: Path, value: Any, words: Iterable[str]) -> str:
        if value not in (choices := tuple(words)):
            raise self._wrong(path, f"must be one of {', '.join(choices)}")
        return str(value)

    def _words(self, path: Path, value: Any) -> list[str]:
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        return [self._text((*path, index), item) for index, item in enumerate(items)]

    def _member(self, path: Path, value: Any, kind: type[Word]) -> Word:
        return kind(self._one_of(path, value, [member.value for member in kind]))

    def _members(self, path: Path, value: Any, kind: type[Word]) -> list[Word]:
        return [self._member(path, word, kind) for word in self._words(path, value)]

    def _unique(self, rules: tuple[Rule, ...]) -> None:
        seen: set[str] = set()
        for index, rule in enumerate(rules):
            if rule.id in seen:
                raise self._wrong(("rules", index, "id"), f"the id {rule.id!r} is used twice")
            seen.add(rule.id)

    def _wrong(self, path: Path, remedy: str) -> PolicyError:
        return PolicyError(f"line {self._source.line(path)}: {dotted(path) or 'the policy'} {remedy}")
