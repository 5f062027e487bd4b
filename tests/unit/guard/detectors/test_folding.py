"""Folding: any text as ASCII bytes of the same length."""

from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.guard.detectors.folding import LETTER, OTHER, folded


@given(st.text(st.characters(exclude_categories=())))
def test_one_byte_per_code_point(text: str) -> None:
    """Offsets in the folded text are offsets in the text, lone surrogates included."""
    assert len(folded(text)) == len(text)


def test_near_scripts_stay_letters() -> None:
    """A Latin or Cyrillic letter can be part of an address; an ideograph is a border."""
    assert f"m{LETTER}ller {LETTER} {OTHER}{OTHER}".encode() == folded("müller я 邮箱")


def test_escaped_line_ends_are_borders() -> None:
    """The n of an escaped line end does not stick to the token that follows it."""
    assert f"a\\{OTHER}sk-1".encode() == folded("a\\nsk-1")


@given(st.text("ab\\nrt\n é邮", max_size=30))
def test_ascii_outside_escapes_is_unchanged(text: str) -> None:
    """Every ASCII character that does not follow a backslash is itself."""
    raw = folded(text)

    assert all(
        chr(byte) == char
        for at, (byte, char) in enumerate(zip(raw, text, strict=True))
        if char.isascii() and (at == 0 or text[at - 1] != "\\")
    )
