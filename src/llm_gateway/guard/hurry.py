"""Work that must not be done where others wait.

On an event loop a detector has a fraction of a millisecond. One that is about to take longer says so
with TakesLong, and the text is inspected again in a thread.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_HURRIED: ContextVar[bool] = ContextVar("hurried", default=False)


class TakesLong(Exception):
    """What is asked for takes milliseconds, and the caller has none."""


@contextmanager
def hurried() -> Iterator[None]:
    """Inside, slow work is refused with TakesLong."""
    before = _HURRIED.set(True)
    try:
        yield
    finally:
        _HURRIED.reset(before)


def take_time() -> None:
    """To be called before slow work. Raises TakesLong where others wait."""
    if _HURRIED.get():
        raise TakesLong
