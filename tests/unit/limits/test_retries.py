"""The retry budget: attempts stay within 1.2 times the requests."""

from llm_gateway.limits.retries import AT_START, MOST, SHARE, RetryBudget


def test_retries_stay_within_their_share() -> None:
    """Whatever goes wrong, a thousand requests make no more than 1,200 attempts and the first few."""
    budget, retries = RetryBudget(), 0
    for _ in range(1000):
        budget.request()
        while budget.take():
            retries += 1

    assert retries <= 1000 * SHARE + AT_START


def test_a_quiet_gateway_can_retry() -> None:
    """The first request may already be tried again."""
    budget = RetryBudget()
    budget.request()

    assert budget.take()


def test_good_times_do_not_pay_for_a_flood() -> None:
    """What is saved up is bounded."""
    budget, retries = RetryBudget(), 0
    for _ in range(100_000):
        budget.request()
    while budget.take():
        retries += 1

    assert retries == MOST
