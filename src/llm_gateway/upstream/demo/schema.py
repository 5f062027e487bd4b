"""A valid instance of a JSON schema, for structured output and tool arguments.

Covers what structured output allows (https://platform.openai.com/docs/guides/structured-outputs):
types, enum, const, properties, items, anyOf, $ref with $defs, the bounds of numbers, strings and
arrays, and formats. A schema may be hostile: its depth and the number of values made are capped, of
long lists of alternatives only the first are looked at, and what has the wrong type counts as absent.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from llm_gateway.upstream.demo.leaves import Schema, SchemaRefused, fits, leaf, whole

MAX_VALUES = 2_000
MAX_DEPTH = 32
MAX_CHOICES = 64
SHALLOW = 8

Guess = Callable[[str, Schema], Any]


def instance(schema: Schema, guess: Guess | None = None) -> Any:
    """A value that fits. `guess(name, schema)` may offer a value for a leaf property, or None.
    Raises SchemaRefused."""
    return _Maker(schema, guess or (lambda _name, _schema: None)).make(schema, "", 0)


class _Maker:
    def __init__(self, root: Schema, guess: Guess) -> None:
        self._root = root
        self._guess = guess
        self._made = 0

    def make(self, schema: Any, name: str, depth: int) -> Any:
        self._made += 1
        if self._made > MAX_VALUES or depth > MAX_DEPTH:
            raise SchemaRefused("the schema is too deep or asks for too many values")
        if not isinstance(schema, Mapping):
            return leaf("string", {}, name)
        if "const" in schema:
            return schema["const"]
        if isinstance(schema.get("$ref"), str):
            return self.make(self._resolve(schema["$ref"]), name, depth + 1)
        for word in ("anyOf", "oneOf"):
            if options := _items(schema, word):
                return self.make(_simplest(options), name, depth + 1)
        if _items(schema, "allOf"):
            return self.make(_merged(schema), name, depth + 1)
        return self._typed(schema, name, depth)

    def _typed(self, schema: Schema, name: str, depth: int) -> Any:
        kind = _kind(schema)
        if kind == "object":
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, name, depth)
        choices = _items(schema, "enum")
        guessed = self._guess(name, schema)
        if choices:
            return guessed if guessed in choices else choices[0]
        return guessed if guessed is not None and fits(guessed, kind, schema) else leaf(kind, schema, name)

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        """All required properties; with none required, those that are not objects again."""
        properties = _properties(schema)
        wanted = schema.get("required")
        if isinstance(wanted, list) and wanted:
            names = [name for name in islice(wanted, MAX_VALUES) if isinstance(name, str)]
        else:
            names = [name for name in islice(properties, MAX_VALUES) if not _nests(properties[name])]
        return {name: self.make(properties.get(name, {}), name, depth + 1) for name in names}

    def _array(self, schema: Schema, name: str, depth: int) -> list[Any]:
        """As short as allowed, but with one item to look at where the schema leaves the choice."""
        firsts = _items(schema, "prefixItems")
        most = whole(schema.get("maxItems"), MAX_VALUES)
        length = max(whole(schema.get("minItems"), 0), len(firsts), int(depth < SHALLOW and most > 0))
        if length > MAX_VALUES:
            raise SchemaRefused("the schema asks for too many values")
        rest = schema.get("items", {})
        return [
            self.make(firsts[index] if index < len(firsts) else rest, name, depth + 1)
            for index in range(length)
        ]

    def _resolve(self, reference: str) -> Any:
        found: Any = self._root
        for step in reference.removeprefix("#").split("/"):
            key = step.replace("~1", "/").replace("~0", "~")
            if key and (not isinstance(found, Mapping) or key not in found):
                raise SchemaRefused("the schema refers to a definition that it does not hold")
            found = found[key] if key else found
        return found


def _items(schema: Schema, word: str) -> Sequence[Any]:
    value = schema.get(word)
    return value[:MAX_CHOICES] if isinstance(value, list) else ()


def _properties(schema: Schema) -> Mapping[str, Any]:
    value = schema.get("properties")
    return value if isinstance(value, Mapping) else {}


def _simplest(options: Sequence[Any]) -> Any:
    """A leaf before anything that nests, null last: so recursion ends and answers say something."""

    def weight(option: Any) -> tuple[bool, bool]:
        return _nests(option), isinstance(option, Mapping) and _kind(option) == "null"

    return min(options, key=weight)


def _nests(schema: Any) -> bool:
    return isinstance(schema, Mapping) and ("$ref" in schema or _kind(schema) in ("object", "array"))


def _merged(schema: Schema) -> Schema:
    """The parts of allOf laid over the schema, properties and required joined."""
    merged = {key: value for key, value in schema.items() if key != "allOf"}
    properties, required = dict(_properties(schema)), list(_items(schema, "required"))
    for part in _items(schema, "allOf"):
        if isinstance(part, Mapping):
            properties |= _properties(part)
            required += _items(part, "required")
            merged |= part
    return merged | ({"properties": properties, "required": required} if properties else {})


def _kind(schema: Schema) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind[:MAX_CHOICES] if one != "null"), "null")
    if isinstance(kind, str):
        return kind
    if "properties" in schema:
        return "object"
    return "array" if "items" in schema else "string"
