"""Types where a format has types: a clear 400 here instead of a riddle from the provider.

A shape is data: a Python type, a tuple of alternatives, a list of one shape (an array of it), or a
dict (an object; members it does not name are free). Null is allowed for every member except those
whose name ends in `!`, which must be there too.
"""

from collections.abc import Callable, Mapping
from typing import Any

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path, dotted

Shape = Any

NUMBER = (int, float)
_WORDS = {
    str: "a string",
    int: "an integer",
    float: "a number",
    bool: "a boolean",
    dict: "an object",
    list: "an array",
}


def checker(shape: Shape) -> Callable[[Any], None]:
    """A check of `shape`, made once and run often: nearly every body is right, and then no path is built."""
    fits = _fits(shape)

    def check_quickly(value: Any) -> None:
        if not fits(value):
            check(value, shape)

    return check_quickly


def check(value: Any, shape: Shape, path: Path = ()) -> None:
    """Raises BadRequest naming the first field whose type is wrong."""
    if isinstance(shape, type):
        _require(_is(value, shape), value, (shape,), path)
    elif isinstance(shape, tuple):
        _check_any(value, shape, path)
    elif isinstance(shape, list):
        _require(type(value) is list, value, (list,), path)
        for index, item in enumerate(value):
            check(item, shape[0], (*path, index))
    else:
        _require(type(value) is dict, value, (dict,), path)
        _check_members(value, shape, path)


def _check_members(value: Mapping[str, Any], shape: Mapping[str, Shape], path: Path) -> None:
    for declared, inner in shape.items():
        name = declared.rstrip("!")
        member = value.get(name)
        if member is not None:
            check(member, inner, (*path, name))
        elif declared != name:
            where = dotted((*path, name))
            raise BadRequest(
                f"Missing required parameter: {where}.", code="missing_required_parameter", param=where
            )


def _check_any(value: Any, shapes: tuple[Shape, ...], path: Path) -> None:
    """The alternative of the value's own kind is the one whose complaint helps."""
    for shape in shapes:
        outer = shape if isinstance(shape, type) else type(shape)
        if _is(value, outer):
            return check(value, shape, path)
    outers = tuple(shape if isinstance(shape, type) else type(shape) for shape in shapes)
    return _require(False, value, outers, path)


def _is(value: Any, kind: type) -> bool:
    if kind is float:
        return type(value) in NUMBER
    return type(value) is kind


def _require(good: bool, value: Any, kinds: tuple[type, ...], path: Path) -> None:
    if good:
        return
    wanted = " or ".join(dict.fromkeys(_WORDS[kind] for kind in kinds))
    got = "null" if value is None else _WORDS.get(type(value), "something else")
    where = dotted(path) or "the body"
    raise BadRequest(
        f"Invalid type for {where}: expected {wanted}, got {got}.", code="invalid_type", param=where
    )


Fits = Callable[[Any], bool]


def _fits(shape: Shape) -> Fits:
    """Whether a value has the shape; false whenever `check` would complain."""
    if isinstance(shape, type):
        return (lambda value: type(value) in NUMBER) if shape is float else lambda value: type(value) is shape
    if isinstance(shape, tuple):
        alternatives = [_fits(one) for one in shape]
        return lambda value: any(fits(value) for fits in alternatives)
    if isinstance(shape, list):
        item = _fits(shape[0])
        return lambda value: type(value) is list and all(map(item, value))
    members = {declared.rstrip("!"): _fits(inner) for declared, inner in shape.items()}
    return _fits_members(members, [name.rstrip("!") for name in shape if name.endswith("!")])


def _fits_members(members: Mapping[str, Fits], required: list[str]) -> Fits:
    def fits(value: Any) -> bool:
        if type(value) is not dict:
            return False
        for name in required:
            if value.get(name) is None:
                return False
        for name, member in value.items():
            inner = members.get(name)
            if inner is not None and member is not None and not inner(member):
                return False
        return True

    return fits
