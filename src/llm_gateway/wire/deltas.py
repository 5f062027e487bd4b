"""The texts of a stream event, labelled by construction.

Every string leaf is a delta, and every key that is more than a name; known ids and tags are left
out while they look like what they claim to be. So a field nobody has heard of is inspected, too.
"""

from collections.abc import Callable, Iterator
from typing import Any

from llm_gateway.domain.text import Path, Step
from llm_gateway.wire.collect import is_identifier, is_name, is_plain_key, is_word
from llm_gateway.wire.format import Delta

Place = Callable[[Any, int], Step]


def position(_value: Any, at: int) -> Step:
    """An item is told apart by where it stands."""
    return at


def own_index(value: Any, at: int) -> Step:
    """Choices and tool calls say which one they continue."""
    index = value.get("index") if type(value) is dict else None
    return index if type(index) is int else at


def deltas(  # noqa: PLR0913 - a walk carries where it is
    value: Any,
    tags: frozenset[str],
    path: Path = (),
    channel: Path = (),
    *,
    place: Place = position,
    whole: bool = False,
) -> Iterator[Delta]:
    """The deltas of `value`, which stands at `path`; each goes to the channel named by its own path."""
    if type(value) is str:
        if value:
            yield Delta(channel, path, value, whole)
    elif type(value) is dict:
        for name, child in value.items():
            if not is_plain_key(name):
                yield Delta((*channel, name), (), name, True)
            if name in tags and is_tag(name, child):
                continue
            yield from deltas(child, tags, (*path, name), (*channel, name), place=place, whole=whole)
    elif type(value) is list:
        for at, child in enumerate(value):
            step = place(child, at)
            yield from deltas(child, tags, (*path, at), (*channel, step), place=place, whole=whole)


def is_tag(name: str, value: Any) -> bool:
    """Whether a leaf has the shape of an id, a tag, a model's or a tool's name."""
    if type(value) is not str:
        return False
    return is_identifier(value) or is_word(value) or (name == "name" and is_name(value))
