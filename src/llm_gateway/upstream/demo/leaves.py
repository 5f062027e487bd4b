"""Strings, numbers and flags that fit a JSON schema."""

import math
from collections.abc import Mapping
from typing import Any, TypeGuard

MAX_LENGTH = 2_000
FINEST_STEP = 1e-9
LARGEST = 1e15

Schema = Mapping[str, Any]

_FORMATS: Mapping[str, str] = {
    "date-time": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "P1D",
    "email": "simulated@example.com",
    "hostname": "simulated.example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "https://simulated.example.com/",
}


class SchemaRefused(Exception):
    """The schema asks for more than can be made: too deep, too many values, or an unknown $ref."""


def leaf(kind: str, schema: Schema, name: str) -> Any:
    """A value of a type that holds no others. Raises SchemaRefused where no value fits."""
    if kind == "boolean":
        return True
    if kind == "null":
        return None
    return _number(kind, schema) if kind in ("integer", "number") else _string(schema, name)


def fits(value: Any, kind: str, schema: Schema) -> bool:
    """Whether a guessed value may stand where a leaf of this kind and these bounds is wanted."""
    if kind in ("integer", "number"):
        low, high = _bounds(kind, schema)
        right = isinstance(value, int) or (kind == "number" and isinstance(value, float))
        return right and "multipleOf" not in schema and low <= value <= high
    if kind == "string":
        shortest, longest = _lengths(schema)
        free = "format" not in schema and "pattern" not in schema
        return isinstance(value, str) and free and shortest <= len(value) <= longest
    return False


def whole(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _string(schema: Schema, name: str) -> str:
    shortest, longest = _lengths(schema)
    if shortest > min(longest, MAX_LENGTH):
        raise SchemaRefused("the schema asks for a string of a length that cannot be made")
    text = _FORMATS.get(str(schema.get("format")), f"simulated {name}".strip())
    return text.ljust(shortest, ".")[: max(longest, 0)]


def _lengths(schema: Schema) -> tuple[int, int]:
    return whole(schema.get("minLength"), 0), whole(schema.get("maxLength"), MAX_LENGTH)


def _number(kind: str, schema: Schema) -> float | int:
    """1 where it is allowed, else the allowed number nearest to it."""
    low, high = _bounds(kind, schema)
    step = schema.get("multipleOf")
    if not _finite(step) or step <= FINEST_STEP:
        step = 1 if kind == "integer" else 0
    value: float = max(low, min(1.0, high))
    if step:
        upward = math.ceil(value / step) * step
        value = upward if upward <= high else math.floor(value / step) * step
    if not low <= value <= high:
        raise SchemaRefused("the schema asks for a number that cannot be made")
    return int(value) if kind == "integer" else value


def _bounds(kind: str, schema: Schema) -> tuple[float, float]:
    """Inclusive. An exclusive bound moves inward by a whole step or by a thousandth."""
    inside = 1.0 if kind == "integer" else 0.001
    lows = [-LARGEST]
    highs = [LARGEST]
    if _finite(schema.get("minimum")):
        lows.append(schema["minimum"])
    if _finite(schema.get("exclusiveMinimum")):
        lows.append(schema["exclusiveMinimum"] + inside)
    if _finite(schema.get("maximum")):
        highs.append(schema["maximum"])
    if _finite(schema.get("exclusiveMaximum")):
        highs.append(schema["exclusiveMaximum"] - inside)
    return max(lows), min(highs)


def _finite(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST
