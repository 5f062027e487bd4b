"""Limits come from the settings."""

from llm_gateway.settings import load
from llm_gateway.web.edge.limits import Limits


def test_settings_are_taken_over() -> None:
    """Each setting that names a limit of a connection is obeyed."""
    settings = load(header_timeout=1.0, keep_alive_timeout=2.0, body_min_rate=3, drain_timeout=4.0)
    limits = Limits.of(settings)

    assert (limits.header_timeout, limits.grace, limits.keep_alive_timeout) == (1.0, 1.0, 2.0)
    assert (limits.min_rate, limits.drain_timeout) == (3, 4.0)


def test_defaults_agree_with_the_settings() -> None:
    """Limits made without settings are those of a fresh installation."""
    assert Limits() == Limits.of(load())
