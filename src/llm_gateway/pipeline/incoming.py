"""What the web layer hands over, and what it gets back."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from llm_gateway.wire.format import WireFormat

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request as it arrived. `operation` is the provider's path below its base URL."""

    format: WireFormat
    operation: str
    headers: Headers
    body: bytes


class Stream(Protocol):
    """The body of a streamed reply. Its owner must close it, read to the end or not."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the application."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    stream: Stream | None = None
