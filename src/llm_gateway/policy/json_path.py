"""A subset of JSON paths (RFC 9535): members, indices, wildcards and one descent.

$.to    $['to']    $.attachments[0].name    $.recipients[*]    $..url
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

LONGEST = 200
_STEP = re.compile(r"(\.\.)?(?:(?:(?<=\.\.)|\.)([A-Za-z_][\w-]*|\*)|\[(\d{1,6}|\*)\]|\['([^'\]]{1,80})'\])")


class JsonPathError(Exception):
    """The path is not of the subset; the message says what is."""


@dataclass(frozen=True, slots=True)
class JsonPath:
    """A parsed path. Each step is a name, an index or None for all; `deep` marks those at any depth."""

    written: str
    steps: tuple[tuple[bool, str | int | None], ...]

    def leaves(self, value: Any) -> Iterator[str]:
        """Every scalar at or below the places that the path leads to, as text."""
        places: Iterable[Any] = (value,)
        for deep, step in self.steps:
            places = list(_taken(places, deep, step))
        for place in places:
            yield from _scalars(place)


def parse_path(written: str) -> JsonPath:
    """Raises JsonPathError."""
    if len(written) > LONGEST or not written.startswith("$"):
        raise JsonPathError("must be a JSON path such as $.to, $.items[0].url, $.to[*] or $..url")
    at, steps = 1, []
    while at < len(written):
        match = _STEP.match(written, at)
        if match is None:
            raise JsonPathError("must be a JSON path such as $.to, $.items[0].url, $.to[*] or $..url")
        steps.append((match[1] is not None, _step(match)))
        at = match.end()
    if sum(deep for deep, _ in steps) > 1:
        raise JsonPathError("may hold `..` once only")
    return JsonPath(written, tuple(steps))


def _step(match: re.Match[str]) -> str | int | None:
    _, name, index, quoted = match.groups()
    if name == "*" or index == "*":
        return None
    if quoted is not None:
        return str(quoted)
    return int(index) if index is not None else str(name)


def _taken(places: Iterable[Any], deep: bool, step: str | int | None) -> Iterator[Any]:
    for place in places:
        for around in _all(place) if deep else (place,):
            if type(around) is dict:
                if step is None:
                    yield from around.values()
                elif step in around:
                    yield around[step]
            elif type(around) is list:
                if step is None:
                    yield from around
                elif type(step) is int and step < len(around):
                    yield around[step]


def _all(value: Any) -> Iterator[Any]:
    """The value and everything below it."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if type(one) is dict:
            waiting += one.values()
        elif type(one) is list:
            waiting += one


def _scalars(value: Any) -> Iterator[str]:
    for one in _all(value):
        if type(one) is str:
            yield one
        elif type(one) is bool:
            yield "true" if one else "false"
        elif one is not None and type(one) not in (dict, list):
            yield str(one)
