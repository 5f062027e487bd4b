"""Tool definitions and JSON schemas: texts that tell a model what it can do."""

from typing import Any

from llm_gateway.domain.text import Path, Provenance
from llm_gateway.wire.collect import Collector


def definition(found: Collector, path: Path, value: Any, _provenance: Provenance, _role: str) -> None:
    """All strings and names of a definition, its type tags left out: a schema is full of them."""
    walk_definition(found, path, value)


def choice(found: Collector, path: Path, value: Any, provenance: Provenance, role: str) -> None:
    """Which tool is to be called: a word, or the names of tools."""
    if type(value) is str:
        found.word(path, value, provenance, role)
    else:
        walk_definition(found, path, value)


def walk_definition(found: Collector, path: Path, value: Any) -> None:
    """The same for a value that no table leads to."""
    if type(value) is list:
        for index, item in enumerate(value):
            walk_definition(found, (*path, index), item)
    elif type(value) is dict:
        for name, item in value.items():
            found.key((*path, name), name, Provenance.TOOL_DEFINITION)
            if name == "type" and type(item) is str:
                found.word((*path, name), item, Provenance.TOOL_DEFINITION)
            else:
                walk_definition(found, (*path, name), item)
    else:
        found.leaves(path, value, Provenance.TOOL_DEFINITION)
