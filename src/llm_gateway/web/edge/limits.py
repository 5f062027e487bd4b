"""What one client connection may cost."""

from dataclasses import dataclass
from typing import Self

from llm_gateway.settings import Settings

KIB = 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes. The defaults are those of the settings of the same name.

    `grace` is how long a body may be slower than `min_rate` before the rate is held against it;
    a reader that is behind by more than the kernel's buffers and ours must take `min_rate` on average
    over each `write_grace`.
    """

    header_timeout: float = 10.0
    keep_alive_timeout: float = 75.0
    min_rate: int = 1024
    grace: float = 10.0
    write_grace: float = 30.0
    drain_timeout: float = 30.0
    linger: float = 2.0
    linger_bytes: int = 1024 * KIB
    target_bytes: int = 8 * KIB
    header_bytes: int = 32 * KIB
    header_count: int = 100
    read_buffer: int = 64 * KIB
    write_buffer: int = 64 * KIB

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            header_timeout=settings.header_timeout,
            keep_alive_timeout=settings.keep_alive_timeout,
            min_rate=settings.body_min_rate,
            grace=settings.header_timeout,
            drain_timeout=settings.drain_timeout,
        )
