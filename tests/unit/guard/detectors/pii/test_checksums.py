"""Check digits, held to published numbers and to the law that one wrong digit fails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.guard.detectors.pii.checksums import (
    compact,
    luhn,
    mod11_10,
    mod97,
    varied,
    verhoeff,
    weighted,
)

DIGITS = st.text("0123456789", min_size=8, max_size=18)


def test_published_numbers() -> None:
    """Test values that the schemes publish hold."""
    assert luhn("4111111111111111")
    assert luhn("79927398713")
    assert verhoeff("2363")
    assert mod11_10("86095742719")
    assert mod97("WEST12345698765432GB82") == 1


@given(DIGITS, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_fails_luhn(digits: str, place: int, shift: int) -> None:
    """A number and its copy with one changed digit are not both valid."""
    place %= len(digits)
    other = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]

    assert not (luhn(digits) and luhn(other))


@given(DIGITS, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_fails_verhoeff(digits: str, place: int, shift: int) -> None:
    """A number and its copy with one changed digit are not both valid."""
    place %= len(digits)
    other = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]

    assert not (verhoeff(digits) and verhoeff(other))


@pytest.mark.parametrize("weights", [(3, 7, 1), (2, 3)])
def test_weighted_stops_at_the_shorter(weights: tuple[int, ...]) -> None:
    """Digits beyond the weights do not count."""
    assert weighted("11", weights) == sum(weights[:2])


def test_compact_and_varied() -> None:
    """Separators go, letters are capitals; one digit repeated is not a number."""
    assert compact("gb29 nwbk-60.16") == "GB29NWBK6016"
    assert varied("121")
    assert not varied("1111")
