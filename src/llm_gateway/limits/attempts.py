"""How often something may be tried: a bucket of attempts per name, filled again with time."""

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Attempts:
    """`burst` attempts at once, then one every `seconds`. Remembers `names` names, forgetting those
    that tried longest ago: memory is bounded whatever is sent."""

    def __init__(self, burst: int, seconds: float, *, names: int = 10_000) -> None:
        self._burst = burst
        self._seconds = seconds
        self._names = names
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, name: str, now: float) -> float:
        """Counts an attempt: 0 when it may go on, else the seconds to wait. `now` is monotonic."""
        bucket = self._buckets.setdefault(name, _Bucket(self._burst, now))
        self._buckets.move_to_end(name)
        if len(self._buckets) > self._names:
            self._buckets.popitem(last=False)
        bucket.left = min(float(self._burst), bucket.left + max(0.0, now - bucket.at) / self._seconds)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) * self._seconds
        bucket.left -= 1
        return 0.0

    def forget(self, name: str) -> None:
        """The attempt succeeded: the name starts anew."""
        self._buckets.pop(name, None)
