"""The readings of a text that detectors look at."""

from llm_gateway.guard.view import View


def views_of(text: str) -> tuple[View, ...]:
    """The text as sent, then every other reading that differs from it."""
    return (View("text", text),)
