"""A circuit breaker for one connection.

    CLOSED     requests pass; consecutive failures are counted
    OPEN       requests are refused until the pause is over
    HALF_OPEN  one request at a time finds out whether the connection works again

Five consecutive failures open it, as Envoy's outlier detection ejects a host after five
(https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier). The pause is
shorter than Envoy's, because there is often no other host: a provider that is back is found within
ten seconds.
"""

from enum import Enum, auto

FAILURES = 5
PAUSE = 5.0
LONGEST_COOLING = 60.0


class State(Enum):
    CLOSED = auto()
    OPEN = auto()
    HALF_OPEN = auto()


class Breaker:
    """Times are seconds of one monotonic clock."""

    __slots__ = ("_failures", "_probe_since", "_until", "state")

    def __init__(self) -> None:
        self.state = State.CLOSED
        self._failures = 0
        self._until = 0.0
        self._probe_since: float | None = None

    def allows(self, now: float) -> bool:
        """Whether a request may go now. In HALF_OPEN saying yes starts the probe."""
        if self.state is State.OPEN and now >= self._until:
            self.state = State.HALF_OPEN
            self._probe_since = None
        if self.state is not State.HALF_OPEN:
            return self.state is State.CLOSED
        if self._probe_since is not None and now < self._probe_since + PAUSE:
            return False
        self._probe_since = now
        return True

    def waits(self, now: float) -> float:
        """Seconds until a request may be tried again."""
        return max(0.0, self._until - now) if self.state is State.OPEN else 0.0

    def succeeded(self) -> None:
        """The connection answered."""
        self.state = State.CLOSED
        self._failures = 0

    def failed(self, now: float) -> None:
        """The connection did not answer, or answered that it is broken."""
        self._failures += 1
        if self.state is State.HALF_OPEN or self._failures >= FAILURES:
            self._open(now + PAUSE)

    def cool(self, now: float, seconds: float) -> None:
        """The provider asked for a pause (Retry-After). Longer ones than a minute are cut to it."""
        self._open(now + min(seconds, LONGEST_COOLING))

    def _open(self, until: float) -> None:
        self.state = State.OPEN
        self._until = until
