"""How the rules of this package are written."""

from collections.abc import Callable

from llm_gateway.guard.detectors.context import Words
from llm_gateway.guard.detectors.pii.checksums import compact
from llm_gateway.guard.detectors.rules import Rule, whole

GENERIC = (
    "national id, national identification, identity number, id number, id no, identification number, "
    "personal id"
)
_DIGITS = r"[0-9](?:[ ./-]?[0-9]){5}"
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def number(  # noqa: PLR0913, PLR0917
    name: str,
    what: str,
    pattern: str,
    holds: Callable[[str], bool],
    words: str,
    samples: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    category: str = "national_id",
    alone: float = 0.0,
    near: float = 0.92,
    generic: bool = True,
    gate: str = "",
) -> Rule:
    """A rule for one number. `pattern` without borders, `holds` over the compact form, `gate` over
    the lower-cased text where the number has fewer than six digits in a row.

    `alone`: confidence without a context word; 0 where the check is too weak for that.
    """
    return Rule(
        category=category,
        name=name,
        pattern=rf"\b({pattern})(?:[^\w-]|-\D|-?$)",
        check=whole(lambda value: holds(compact(value))),
        score=alone,
        near=near,
        context=Words(f"{words}, {GENERIC}" if generic else words),
        gate=(gate or _DIGITS,) if alone else (),
        shape="" if alone else gate or _DIGITS,
        reason=what,
        apart=".-",
        retry=True,
        positives=samples[0],
        negatives=samples[1],
    )


def day(month: str, of_month: str) -> bool:
    """Whether month and day exist."""
    return 1 <= int(month) <= 12 and 1 <= int(of_month) <= _DAYS[int(month) - 1]
