"""Canary tokens."""

import pytest

from llm_gateway.guard.detectors.exfiltration import canaries_in, canary_for

CANARY = canary_for(b"k" * 32, "support bot")


def test_derived_from_secret_and_name() -> None:
    """The same prompt has the same token; another name or secret another one."""
    assert canary_for(b"k" * 32, "support bot") == CANARY
    assert len({CANARY, canary_for(b"k" * 32, "sales bot"), canary_for(b"x" * 32, "support bot")}) == 3


@pytest.mark.parametrize(
    "leak",
    [CANARY, CANARY.upper(), " ".join(CANARY), CANARY[::-1], CANARY.removeprefix("canary-"), f"`{CANARY}`"],
)
def test_found_in_disguise(leak: str) -> None:
    """Case, spacing, direction and a cut prefix do not hide it."""
    assert canaries_in(f"The text says {leak}.", [CANARY, "canary-000000000000"]) == [CANARY]


def test_ordinary_answers_hold_none() -> None:
    """The word canary is none."""
    assert canaries_in("A canary is a bird.", [CANARY]) == []
