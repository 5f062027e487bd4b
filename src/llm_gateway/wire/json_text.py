"""JSON read strictly, and edited without touching a byte that was not meant.

Common parsers silently keep the last of two equal keys, so a gateway and a provider could read
different messages from the same bytes. Here duplicates are refused, which makes it safe to forward
the client's own bytes. Edits replace single string values in those bytes: numbers keep their
spelling, unknown fields their order, white space its place.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path, dotted

MAX_DEPTH = 64

# In a text known to be JSON, a string followed by a colon is a key, and every other string a value.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"([ \t\r\n]*+:)?', re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,40}\Z")


def parse(raw: bytes, *, max_depth: int = MAX_DEPTH) -> Any:
    """The value of `raw`. Raises BadRequest: not JSON, not UTF-8, NaN, duplicate keys, too deep."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise BadRequest(
            f"The body is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            code="invalid_json",
        ) from None
    keys, depth = _measure(value)
    if depth > max_depth:
        raise BadRequest(f"The body is nested deeper than {max_depth} levels.", code="json_too_deep")
    if keys != _count_quickly(raw) and keys != _count_keys(raw):
        raise BadRequest(_duplicate_message(raw), code="duplicate_key")
    return value


def edit(raw: bytes, value: Any, edits: Mapping[Path, str]) -> bytes:
    """`raw` with the string values at the given paths replaced. `value` is the parsed `raw`.

    Raises KeyError when a path leads to no string.
    """
    spans = _spans(raw, value, edits)
    pieces: list[bytes] = []
    at = 0
    for path, (start, end) in sorted(spans.items(), key=lambda item: item[1]):
        pieces += (raw[at:start], orjson.dumps(edits[path]))
        at = end
    pieces.append(raw[at:])
    return b"".join(pieces)


def insert_member(raw: bytes, name: str, value: Any) -> bytes:
    """`raw`, an object, with one more member in front. The caller knows the name is not there yet."""
    start = raw.index(b"{") + 1
    comma = b"" if raw[start:].lstrip()[:1] == b"}" else b","
    return raw[:start] + orjson.dumps(name) + b":" + orjson.dumps(value) + comma + raw[start:]


def _measure(value: Any) -> tuple[int, int]:
    """How many keys the value has in all, and how deeply it is nested."""
    keys, depth, level = 0, 0, [value]
    while level:
        depth += 1
        below: list[Any] = []
        for item in level:
            if type(item) is dict:
                keys += len(item)
                below += [child for child in item.values() if type(child) in _CONTAINERS]
            elif type(item) is list:
                below += [child for child in item if type(child) in _CONTAINERS]
        level = below
    return keys, depth


_CONTAINERS = frozenset((dict, list))


def _count_quickly(raw: bytes) -> int:
    """At least the number of keys, -1 when it cannot be told quickly.

    Every key is followed by `":`, white space aside; so may be other places (a value that starts
    with a colon, an escaped quote). Equal to the keys of the value, it proves that none came twice.
    """
    if b" :" in raw or b"\t:" in raw or b"\n:" in raw or b"\r:" in raw:
        return -1
    return raw.count(b'":')


def _count_keys(raw: bytes) -> int:
    """How many keys stand in the text, duplicates included."""
    return sum(1 for match in _STRING.finditer(raw) if match.group(1))


def _duplicate_message(raw: bytes) -> str:
    name = _first_duplicate(raw)
    named = f"the key {name!r}" if _NAME.match(name) else "a key"
    return f"The body has {named} twice in one object; send each key once."


def _first_duplicate(raw: bytes) -> str:
    """The standard reader has a hook for pairs; it is slow, and runs only to name the culprit.

    Numbers stay text: the standard reader refuses some that are valid.
    """
    found: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for name, _ in () if found else pairs:
            if name in seen:
                return found.append(name)
            seen.add(name)
        return None

    json.loads(raw.decode(), object_pairs_hook=look, parse_int=str, parse_float=str)
    return found[0] if found else ""


def _spans(raw: bytes, value: Any, wanted: Mapping[Path, str]) -> dict[Path, tuple[int, int]]:
    """Where in `raw` the strings at the wanted paths stand, quotes included.

    Strings appear in the text in the order in which a walk meets them: key, then value.
    """
    ordinals = {n: path for n, path in enumerate(_strings(value)) if path is not None and path in wanted}
    if len(ordinals) != len(wanted):
        missing = next(path for path in wanted if path not in ordinals.values())
        raise KeyError(f"no string at {dotted(missing)}")
    last = max(ordinals, default=-1)
    spans: dict[Path, tuple[int, int]] = {}
    for n, match in enumerate(_STRING.finditer(raw)):
        if n in ordinals:
            spans[ordinals[n]] = (match.start(), match.start(1) if match.group(1) else match.end())
        if n >= last:
            break
    return spans


def _strings(value: Any, path: Path = ()) -> Iterator[Path | None]:
    """The path of every string in document order; None stands for a key."""
    if type(value) is str:
        yield path
    elif type(value) is dict:
        for name, child in value.items():
            yield None
            yield from _strings(child, (*path, name))
    elif type(value) is list:
        for index, child in enumerate(value):
            yield from _strings(child, (*path, index))
