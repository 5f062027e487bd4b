"""How often something may be tried, with time as an argument."""

from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.limits.attempts import Attempts


def test_a_burst_then_one_at_a_time() -> None:
    """After the burst the wait is told, and after the wait one more attempt is there."""
    attempts = Attempts(3, 10.0)
    assert [attempts.take("ann", 0.0) for _ in range(4)] == [0.0, 0.0, 0.0, 10.0]

    assert attempts.take("ann", 4.0) == 6.0
    assert attempts.take("ann", 10.0) == 0.0
    assert attempts.take("ann", 10.0) == 10.0


def test_names_do_not_share() -> None:
    """What one name used up is there for another."""
    attempts = Attempts(1, 10.0)
    attempts.take("ann", 0.0)

    assert attempts.take("bob", 0.0) == 0.0


def test_success_starts_anew() -> None:
    """A name that is forgotten has its burst again."""
    attempts = Attempts(1, 10.0)
    attempts.take("ann", 0.0)
    attempts.forget("ann")

    assert attempts.take("ann", 0.0) == 0.0


def test_memory_is_bounded() -> None:
    """Many names push out those that tried longest ago, and no others."""
    attempts = Attempts(1, 10.0, names=3)
    for name in ("a", "b", "c", "d"):
        attempts.take(name, 0.0)

    assert attempts.take("d", 0.0) > 0
    assert attempts.take("a", 0.0) == 0.0


@given(st.lists(st.floats(0, 100), max_size=60))
def test_no_more_than_promised(steps: list[float]) -> None:
    """Whatever the rhythm, no more attempts pass than the burst and what time brought."""
    attempts, now, passed = Attempts(5, 10.0), 0.0, 0
    for step in steps:
        now += step
        passed += attempts.take("ann", now) == 0.0

    assert passed <= 5 + now / 10.0 + 1e-6
