"""Google's JSON takes every field in two spellings: `systemInstruction` and `system_instruction`."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

Value = TypeVar("Value")
_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


def snake(name: str) -> str:
    """`inlineData` → `inline_data`."""
    return _HUMP.sub("_", name).lower()


def both(table: Mapping[str, Value]) -> dict[str, Value]:
    """The table with each name in both spellings."""
    return {snake(name): value for name, value in table.items()} | dict(table)


def spelled(value: Mapping[str, Any], name: str) -> Any:
    """The member of that name in either spelling, None without."""
    found = value.get(name)
    return value.get(snake(name)) if found is None else found
