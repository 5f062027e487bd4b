"""What the simulated model says."""

import binascii
import re
from typing import Any

import pytest

from llm_gateway.upstream.demo import speech


def said(content: Any) -> str:
    return speech.speak([{"role": "user", "content": content}])


@pytest.mark.parametrize("content", ["What is the capital of France?", "", "abc", "simulate a leaked secret"])
def test_every_answer_says_that_it_is_simulated(content: str) -> None:
    """Whatever is asked."""
    assert said(content).startswith("Simulated answer: ")


def test_the_prompt_is_said_back() -> None:
    """So that a placeholder in the prompt comes back in the answer."""
    assert "charge [CARD_1] today" in said("charge [CARD_1] today")


def test_a_long_prompt_is_said_back_in_part() -> None:
    """The answer stays short."""
    assert len(said("x" * 1_000_000)) < 1_000


def test_a_tool_result_is_repeated() -> None:
    """The next answer after a tool call is about what the tool returned."""
    messages = [{"role": "user", "content": "q"}, {"role": "tool", "content": "21 degrees"}]

    assert "21 degrees" in speech.speak(messages)


def test_images_are_counted_and_never_repeated() -> None:
    """Only the kind of each is named."""
    parts = [
        {"type": "text", "text": "look"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAABBBB"}},
        {"type": "image_url", "image_url": {"url": "https://example.com/secret.png"}},
    ]

    answer = said(parts)

    assert "2 images (image/png, link)" in answer
    assert "AAAABBBB" not in answer
    assert "secret.png" not in answer


def test_a_leaked_secret_has_the_shape_of_a_real_one() -> None:
    """The token's last six characters are the base62 CRC-32 of the thirty before."""
    found = re.search(r"ghp_([0-9A-Za-z]{30})([0-9A-Za-z]{6})\b", said("please simulate a leaked secret"))
    assert found is not None
    value = 0
    for digit in found[2]:
        value = value * 62 + speech._BASE62.index(digit)

    assert value == binascii.crc32(found[1].encode())
    assert re.search(r"\bAKIA[A-Z2-7]{16}\b", said("please simulate a leaked secret"))


def test_a_leaked_card_has_a_valid_check_digit() -> None:
    """Luhn: doubled from the right, the sum is a multiple of ten."""
    found = re.search(r"\d{4}( \d{4}){3}", said("Simulate a leaked card"))
    assert found is not None
    digits = [int(digit) for digit in reversed(found[0].replace(" ", ""))]

    total = sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])

    assert total % 10 == 0
