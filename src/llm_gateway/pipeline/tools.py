"""Tool definitions against what was pinned at first sight."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from llm_gateway.domain.facts import Facts
from llm_gateway.domain.text import Path
from llm_gateway.ports.pins import Pins

# What a client may say anew with each request without the tool being another.
_PASSING = frozenset(("cache_control",))


async def changed_tools(pins: Pins, scope: str, facts: Facts) -> Mapping[Path, str]:
    """Where in the body tools stand that differ from their first definition, with their names.

    A name that is defined twice in one request is a change as well, since one of the two is not the
    first one, and so is a tool that cannot be pinned because the scope has too many.
    """
    digests = [(tool, digest(tool.value)) for tool in facts.tools]
    first = await pins.first(scope, {tool.name: said for tool, said in reversed(digests)})
    return {tool.path: tool.name for tool, said in digests if first.get(tool.name) != said}


def digest(definition: Any) -> str:
    """SHA-256 of a definition, whatever the order of its members."""
    if type(definition) is dict:
        definition = {name: value for name, value in definition.items() if name not in _PASSING}
    try:
        written = orjson.dumps(definition, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        written = repr(definition).encode("utf-8", "replace")
    return hashlib.sha256(written).hexdigest()
