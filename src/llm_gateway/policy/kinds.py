"""Kinds of values in a policy document: how each is read, and how a JSON Schema describes it.

The reader and the schema for editors come from the same tables, so they cannot disagree.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from llm_gateway.domain.text import Path, Step, dotted
from llm_gateway.policy.yaml_text import Located

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class PolicyError(Exception):
    """A policy document is wrong; the message names line, field and remedy."""


@dataclass(frozen=True, slots=True)
class At:
    """A place in a document, for complaints."""

    source: Located
    path: Path = ()

    def __truediv__(self, step: Step) -> "At":
        return At(self.source, (*self.path, step))

    @property
    def line(self) -> int:
        return self.source.line(self.path)

    def wrong(self, remedy: str) -> PolicyError:
        return PolicyError(f"line {self.line}: {dotted(self.path) or 'the policy'} {remedy}")


class Kind(Protocol):
    """`read` gives the value in its final form or raises PolicyError; `schema` is JSON Schema."""

    def read(self, at: At, value: Any) -> Any: ...

    def schema(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is not empty."""

    longest: int = 500

    def read(self, at: At, value: Any) -> str:
        if value is not None and not isinstance(value, str | dict | list):
            raise at.wrong("must be a text; put it in quotes")
        if not isinstance(value, str) or not value.strip():
            raise at.wrong("must be a text that is not empty")
        if len(value) > self.longest:
            raise at.wrong(f"must have at most {self.longest} characters")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class Name:
    """A name that fits into headers, addresses and command lines."""

    longest: int = 100

    def read(self, at: At, value: Any) -> str:
        if not isinstance(value, str) or len(value) > self.longest or not _NAME.fullmatch(value):
            raise at.wrong(
                f"must be a name of letters, digits and . _ - with at most {self.longest} characters"
            )
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_NAME.pattern}$", "maxLength": self.longest}


@dataclass(frozen=True, slots=True)
class Word:
    """One of these words."""

    choices: tuple[str, ...]

    def read(self, at: At, value: Any) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise at.wrong(f"must be one of {', '.join(self.choices)}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.choices)}


@dataclass(frozen=True, slots=True)
class Switch:
    """`true`, for what is there or not."""

    def read(self, at: At, value: Any) -> bool:
        if value is not True:
            raise at.wrong("must be true; leave it out otherwise")
        return True

    def schema(self) -> dict[str, Any]:
        return {"const": True}


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, both included."""

    low: float
    high: float
    whole: bool = False

    def read(self, at: At, value: Any) -> float:
        kinds: tuple[type, ...] = (int,) if self.whole else (int, float)
        if type(value) not in kinds or not self.low <= value <= self.high:
            kind = "a whole number" if self.whole else "a number"
            raise at.wrong(f"must be {kind} from {self.low:g} to {self.high:g}")
        return int(value) if self.whole else float(value)

    def schema(self) -> dict[str, Any]:
        kind = "integer" if self.whole else "number"
        return {"type": kind, "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Several:
    """A list of values of one kind, or a single one."""

    kind: Kind
    most: int

    def read(self, at: At, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            return (self.kind.read(at, value),)
        if not 0 < len(value) <= self.most:
            raise at.wrong(f"must have 1 to {self.most} entries")
        return tuple(self.kind.read(at / index, item) for index, item in enumerate(value))

    def schema(self) -> dict[str, Any]:
        one = self.kind.schema()
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": self.most}]}


@dataclass(frozen=True, slots=True)
class Objects:
    """A list of objects of one kind."""

    kind: "Record"
    most: int

    def read(self, at: At, value: Any) -> tuple[dict[str, Any], ...]:
        if not isinstance(value, list):
            raise at.wrong(f"must be a list of {self.kind.name}s")
        if len(value) > self.most:
            raise at.wrong(f"must have at most {self.most} {self.kind.name}s")
        return tuple(self.kind.read(at / index, item) for index, item in enumerate(value))

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.kind.schema(), "maxItems": self.most}


@dataclass(frozen=True, slots=True)
class Anything:
    """An object that is not read further, such as a request body in an example."""

    def read(self, at: At, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise at.wrong("must be an object")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}


@dataclass(frozen=True, slots=True)
class Field:
    """A member of an object: its kind, what it means, and whether it has to be there."""

    kind: Kind
    meaning: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """An object with known members only. Reads to a dict of the members that are there."""

    name: str
    fields: Mapping[str, Field]

    def read(self, at: At, value: Any) -> dict[str, Any]:
        known = ", ".join(self.fields)
        if not isinstance(value, dict):
            raise at.wrong(f"must be an object with {known}")
        for name in value:
            if name not in self.fields:
                raise (at / name).wrong(f"no such field; known are {known}")
        return dict(self._members(at, value))

    def _members(self, at: At, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, field in self.fields.items():
            if value.get(name) is not None:
                yield name, field.kind.read(at / name, value[name])
            elif field.required:
                field.kind.read(at / name, None)

    def schema(self) -> dict[str, Any]:
        members = {
            name: {"description": field.meaning, **field.kind.schema()} for name, field in self.fields.items()
        }
        required = [name for name, field in self.fields.items() if field.required]
        return {
            "type": "object",
            "properties": members,
            "additionalProperties": False,
            **({"required": required} if required else {}),
        }


def words(members: Sequence[str]) -> Several:
    """One or more of these words."""
    return Several(Word(tuple(members)), len(members))
