"""Time as a dependency, so that pure rooms and tests need none of their own."""

import time
from typing import Protocol


class Clock(Protocol):
    """`now` is Unix seconds; `ticks` is monotonic seconds, for measuring."""

    def now(self) -> float: ...

    def ticks(self) -> float: ...


class SystemClock:
    """The machine's clocks."""

    now = staticmethod(time.time)
    ticks = staticmethod(time.perf_counter)
