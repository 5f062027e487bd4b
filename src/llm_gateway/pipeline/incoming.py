"""What the web layer hands over, and what it gets back."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from llm_gateway.wire.format import WireFormat
from llm_gateway.wire.surfaces import Matched

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request as it arrived, with the surface that its address belongs to."""

    matched: Matched
    headers: Headers
    body: bytes = b""

    @property
    def format(self) -> WireFormat:
        """How the client speaks."""
        return self.matched.format


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
