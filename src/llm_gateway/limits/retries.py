"""A budget for attempts beyond the first.

When a provider is in trouble, retries multiply the load on it. Here every request pays a fifth of a
retry into the budget, and every retry takes one out, so that attempts stay within 1.2 times the
requests however bad things are (Envoy's retry budgets have the same 20 %). A few are there from the
start, so that a quiet gateway can retry at all.
"""

SHARE = 0.2
AT_START = 3.0
MOST = 20.0


class RetryBudget:
    """Not for one request but for all of them."""

    __slots__ = ("_credit",)

    def __init__(self) -> None:
        self._credit = AT_START

    def request(self) -> None:
        """A request came in."""
        self._credit = min(MOST, self._credit + SHARE)

    def take(self) -> bool:
        """Whether one more attempt is affordable; if so it is paid for."""
        if self._credit < 1.0:
            return False
        self._credit -= 1.0
        return True
