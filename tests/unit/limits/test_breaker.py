"""The circuit breaker as a state machine, with time as an argument."""

from llm_gateway.limits.breaker import FAILURES, LONGEST_COOLING, PAUSE, Breaker, State


def opened(now: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(FAILURES):
        breaker.failed(now)
    return breaker


def test_consecutive_failures_open_it() -> None:
    """Four are bad luck, five are a pattern."""
    breaker = Breaker()
    for _ in range(FAILURES - 1):
        breaker.failed(0.0)
    assert breaker.allows(0.0)

    breaker.failed(0.0)

    assert breaker.state is State.OPEN
    assert not breaker.allows(PAUSE - 0.1)
    assert breaker.waits(1.0) == PAUSE - 1.0


def test_a_success_in_between_starts_the_count_anew() -> None:
    """Only failures in a row count."""
    breaker = Breaker()
    for _ in range(FAILURES * 3):
        breaker.failed(0.0)
        breaker.succeeded()

    assert breaker.state is State.CLOSED


def test_after_the_pause_one_probe_at_a_time_finds_out() -> None:
    """While the probe is out, others wait; its success closes the breaker."""
    breaker = opened()

    assert breaker.allows(PAUSE)
    assert not breaker.allows(PAUSE)
    breaker.succeeded()
    assert breaker.allows(PAUSE)


def test_a_failed_probe_opens_it_again() -> None:
    """One more failure is enough then."""
    breaker = opened()
    assert breaker.allows(PAUSE)

    breaker.failed(PAUSE)

    assert not breaker.allows(2 * PAUSE - 0.1)
    assert breaker.allows(2 * PAUSE)


def test_a_probe_that_never_came_back_is_not_waited_for_for_ever() -> None:
    """A lost probe is replaced after a pause."""
    breaker = opened()

    assert breaker.allows(PAUSE)
    assert breaker.allows(2 * PAUSE)


def test_the_provider_may_ask_for_a_pause_within_limits() -> None:
    """Retry-After is honoured up to a minute."""
    breaker = Breaker()
    breaker.cool(0.0, 10_000.0)

    assert not breaker.allows(LONGEST_COOLING - 1)
    assert breaker.allows(LONGEST_COOLING)
