"""What an exchange asks for and does, beside its texts: sizes, tools, calls of tools."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from llm_gateway.domain.text import Path


class ToolDefinition(NamedTuple):
    """A tool offered to the model. `value` is the whole definition as the client wrote it."""

    name: str
    path: Path
    value: Any


class ToolCall(NamedTuple):
    """A call that the model made. `arguments` is the value of its JSON; `readable` says if it was any."""

    name: str
    path: Path
    arguments: Any
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """One direction of an exchange in numbers and names.

    `max_tokens` is what the request allows the model to write, all answers together; None when it
    names no bound. `owners` says below which paths a tool's own texts stand: its definition, the
    arguments of its calls, its results.
    """

    messages: int = 0
    turns: int = 0
    max_tokens: int | None = None
    tools: tuple[ToolDefinition, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    owners: Mapping[Path, str] = field(default_factory=dict)


NO_FACTS = Facts()
