"""Shapes of tokens."""

import re2
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.guard.detectors.secrets.shape import example, expression

SHAPES = ("ab_<w6>", "(x|y<d2>)-<h4-6>", "k<b3->", "<u2>.<s4>=", "a(1|)<x3>")


@given(st.sampled_from(SHAPES), st.randoms(use_true_random=False))
def test_examples_match_their_expression(shape: str, chance: object) -> None:
    """What is made from a shape is what its expression finds, whole."""
    choose = chance.choice  # type: ignore[attr-defined]
    token = example(shape, choose, chance.randint)  # type: ignore[attr-defined]
    match = re2.compile(expression(shape)).search(f" {token} ")

    assert match is not None
    assert match.group(1) == token


def test_tokens_stand_free() -> None:
    """A longer word that contains the shape is not a token."""
    pattern = re2.compile(expression("ab_<w6>"))

    assert pattern.search("xab_123456") is None
    assert pattern.search("ab_1234567") is None
    assert pattern.search("(ab_123456)") is not None
