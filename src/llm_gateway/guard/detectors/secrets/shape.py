"""Token formats written as shapes, from which both the expression and random examples are made.

A shape is literal text with pieces `<class count>`: `ghp_<w36>` is `ghp_` and 36 letters or digits,
`<b20-40>` is 20 to 40, `<b20->` 20 or more. Alternatives stand in `(one|two)` and may hold pieces.
"""

import re
from collections.abc import Callable, Iterator

CLASSES = {
    "d": "0123456789",
    "h": "0123456789abcdef",
    "H": "0123456789ABCDEF",
    "x": "0123456789abcdefABCDEF",
    "l": "abcdefghijklmnopqrstuvwxyz0123456789",
    "u": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "U": "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "w": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "b": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-",
    "s": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "p": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%",
    "c": "qpzry9x8gf2tvdw0s3jn54khce6mua7l",
}
_PIECE = re.compile(r"<([dhHxluUwbspc])(\d+)(-?)(\d*)>|([(|)])|([^<(|)]+)")
_MORE = 12


def expression(shape: str) -> str:
    """The RE2 expression of a shape, as group 1, standing free on both sides."""
    body = "".join(_expression_of(part) for part in _PIECE.finditer(shape))
    before = r"(?:^|[^\w-])" if shape.startswith(("<b", "<s")) else r"\b"
    return rf"{before}({body}){_border(shape)}"


def example(shape: str, choose: Callable[[str], str], number: Callable[[int, int], int]) -> str:
    """A text of that shape. `choose` picks one character of several, `number` one within two bounds."""
    return "".join(_example_of(part, choose, number) for part in _chosen(shape, number))


def _expression_of(part: re.Match[str]) -> str:
    kind, low, dash, high, group, literal = part.groups()
    if kind:
        bound = f"{{{low},{high}}}" if dash else f"{{{low}}}"
        return f"[{re.escape(CLASSES[kind])}]{bound}"
    if group:
        return "(?:" if group == "(" else str(group)
    return re.escape(literal)


def _border(shape: str) -> str:
    """What must follow: nothing where the shape is open-ended, else no further token character."""
    last = [part for part in _PIECE.finditer(shape) if part[5] != ")"][-1]
    if last[3] and not last[4]:
        return ""
    return r"(?:[^\w-]|$)" if last[1] == "b" else r"(?:\W|$)"


def _chosen(shape: str, number: Callable[[int, int], int]) -> Iterator[re.Match[str]]:
    """The pieces of a shape after one alternative has been taken in every group."""
    flat = shape
    while (group := re.search(r"\(([^()]*)\)", flat)) is not None:
        options = group[1].split("|")
        flat = flat[: group.start()] + options[number(0, len(options) - 1)] + flat[group.end() :]
    return _PIECE.finditer(flat)


def _example_of(part: re.Match[str], choose: Callable[[str], str], number: Callable[[int, int], int]) -> str:
    kind, low, dash, high, _, literal = part.groups()
    if not kind:
        return str(literal)
    most = int(high) if high else int(low) + (_MORE if dash else 0)
    return "".join(choose(CLASSES[kind]) for _ in range(number(int(low), most)))
