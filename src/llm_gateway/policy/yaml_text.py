"""YAML read strictly: no aliases (bombs), no tags (code), no duplicate keys, bounded size and depth.

The result keeps the line of every value, so that errors can name it.
"""

from typing import Any

import yaml

from llm_gateway.domain.text import Path

MAX_CHARACTERS = 256 * 1024
MAX_DEPTH = 16

_SCALARS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null"))
# The loader in C where the wheel has it: a long list of words is read in milliseconds instead of seconds.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER = yaml.constructor.SafeConstructor


class YamlError(Exception):
    """The text is not the YAML we accept. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class Located:
    """A value with the line of every part of it."""

    def __init__(self, value: Any, lines: dict[Path, int]) -> None:
        self.value = value
        self._lines = lines

    def line(self, path: Path) -> int:
        """The line of the value at `path`, or of the nearest value around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)


def read_yaml(text: str) -> Located:
    """One document. Raises YamlError."""
    if len(text) > MAX_CHARACTERS:
        raise YamlError(1, f"the document is longer than {MAX_CHARACTERS} characters")
    lines: dict[Path, int] = {}
    try:
        _refuse_aliases(text)
        node = yaml.compose(text, Loader=_LOADER)
        value = None if node is None else _build(node, (), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        raise YamlError(line, error.problem or "not valid YAML") from None
    except yaml.YAMLError as error:
        raise YamlError(1, f"not valid YAML: {type(error).__name__}") from None
    return Located(value, lines)


def _refuse_aliases(text: str) -> None:
    """Before anything is built: depth too, since the composer recurses."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise YamlError(_line(event), "aliases (*name) are not accepted; write the value out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise YamlError(_line(event), f"nested deeper than {MAX_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _build(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, index), lines) for index, item in enumerate(node.value)]
    if node.tag not in _SCALARS:
        raise YamlError(
            lines[path], f"values of type {node.tag.rsplit(':', 1)[-1]} are not accepted; quote it"
        )
    return _RESOLVER().construct_object(node)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise YamlError(line, "a key must be a plain word")
        name = str(key.value)
        if name in built:
            raise YamlError(line, f"the key {name!r} stands here twice")
        built[name] = _build(value, (*path, name), lines)
    return built
