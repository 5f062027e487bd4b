import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.tokens import TOKEN_LENGTH, is_kid, mint, mint_kid, parse

KID = "0123456789Az"
TOKEN = mint(KID, bytes(range(32))).token.reveal()


def test_written_form() -> None:
    """A token is `lgw_live_`, 12, 43 and 6 base62 characters with underscores: 72 in all."""
    assert re.fullmatch(r"lgw_live_0123456789Az_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}", TOKEN)
    assert len(TOKEN) == TOKEN_LENGTH == 72


def test_known_token() -> None:
    """The form never changes: keys that were issued stay valid."""
    assert TOKEN == "lgw_live_0123456789Az_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf_2gx1Fo"


@given(st.binary(min_size=9, max_size=9), st.binary(min_size=32, max_size=32))
def test_minted_tokens_parse(kid_bytes: bytes, secret: bytes) -> None:
    """Whatever the randomness, a minted token parses to its key id."""
    minted = mint(mint_kid(kid_bytes), secret)

    assert parse(minted.token.reveal()) == minted.kid
    assert is_kid(minted.kid)


@given(st.integers(0, TOKEN_LENGTH - 1), st.sampled_from(string.ascii_letters + string.digits + "_-é\n\x00"))
def test_any_changed_character_is_noticed(at: int, character: str) -> None:
    """One character replaced makes a token that does not parse."""
    changed = TOKEN[:at] + character + TOKEN[at + 1 :]

    assert parse(changed) == (KID if changed == TOKEN else None)


@given(st.text(max_size=200))
def test_junk_does_not_parse(text: str) -> None:
    """Text that is no token parses to nothing and raises nothing."""
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        TOKEN + "\n",
        " " + TOKEN,
        TOKEN.upper(),
        TOKEN.replace("live", "test"),
        "lgw_live_" + "٣" * 12 + TOKEN[21:],
        "x" * 10_000_000,
        "\ud800" * TOKEN_LENGTH,
    ],
)
def test_near_misses_do_not_parse(text: str) -> None:
    """Padding, foreign digits, half characters and giants are all junk."""
    assert parse(text) is None


def test_last4_is_of_the_secret() -> None:
    """The last four characters shown to people come from the secret, not from the check sum."""
    minted = mint(KID, bytes(range(32)))

    assert minted.last4 == TOKEN.split("_")[3][-4:]


def test_repr_hides_the_token() -> None:
    """A minted token does not show in logs."""
    assert TOKEN not in repr(mint(KID, bytes(range(32))))


@pytest.mark.parametrize(("kid", "randomness"), [(KID, b"short"), ("bad kid", bytes(32)), (KID, bytes(33))])
def test_mint_needs_the_right_ingredients(kid: str, randomness: bytes) -> None:
    """Too little randomness is a mistake of the caller, not a weaker key."""
    with pytest.raises(ValueError, match="random bytes"):
        mint(kid, randomness)


def test_mint_kid_needs_nine_bytes() -> None:
    """A key id from fewer bytes would collide."""
    with pytest.raises(ValueError, match="9 random bytes"):
        mint_kid(b"")
