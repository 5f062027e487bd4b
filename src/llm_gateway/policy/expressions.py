"""RE2 expressions as policies write them: linear in every text, and bounded in size."""

from typing import Any

import re2

LONGEST = 2_000
_MEMORY = 1 << 20


class ExpressionError(Exception):
    """An expression cannot be used; the message names the remedy and never repeats the expression."""


def compiled(expression: str) -> Any:
    """The compiled expression, which works on UTF-8. Raises ExpressionError."""
    if len(expression) > LONGEST:
        raise ExpressionError(f"is longer than {LONGEST} characters; split it into several patterns")
    options = re2.Options()
    options.max_mem = _MEMORY
    options.log_errors = False
    try:
        found = re2.compile(encoded(expression), options)
    except re2.error as error:
        raise ExpressionError(_explained(error)) from None
    if found.search(b"") is not None:
        raise ExpressionError("matches the empty text, and so every text; make it name something")
    return found


def encoded(text: str) -> bytes:
    """UTF-8 with one character for each of the text's own, half characters included."""
    return text.encode("utf-8", "replace")


def _explained(error: Exception) -> str:
    reason = error.args[0] if error.args else b""
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    if "too large" in text:
        return "is too large once compiled; use fewer or smaller repetitions"
    kind = text.split(":", maxsplit=1)[0]
    return f"is not an RE2 pattern ({kind}); see github.com/google/re2/wiki/Syntax"
