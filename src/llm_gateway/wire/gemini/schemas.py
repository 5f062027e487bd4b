"""Gemini's schemas, a subset of OpenAPI's, as JSON schema.

https://ai.google.dev/api/caching#Schema: types are in upper case, null is a flag, and the order of
properties is said apart.
"""

from collections.abc import Mapping
from typing import Any


def json_schema(schema: Any) -> Any:
    """The JSON schema that says the same; the order of properties is left out."""
    if type(schema) is list:
        return [json_schema(item) for item in schema]
    if type(schema) is not dict:
        return schema
    out = {
        name: _properties(child) if name == "properties" else json_schema(child)
        for name, child in schema.items()
        if name not in ("propertyOrdering", "nullable")
    }
    kind = schema.get("type")
    if type(kind) is str:
        lower = kind.lower()
        out["type"] = [lower, "null"] if schema.get("nullable") is True else lower
    return out


def _properties(value: Any) -> Any:
    """Names of properties are the caller's own, whatever they are."""
    if not isinstance(value, Mapping):
        return value
    return {name: json_schema(child) for name, child in value.items()}
