"""What looks drawn at random, and what does not."""

import pytest

from llm_gateway.guard.detectors.secrets.plausible import marked, secret_like, stand_in, token_like


@pytest.mark.parametrize(
    "value", ["951bc382db9abad29c68634761dd6e19", "J6nhlAIAP1RNOx5aMU4c18THRj", "zpczok4kqgnw5prpfy3ehiyl"]
)
def test_random_values(value: str) -> None:
    """Hexadecimal, base62 and base32 pass."""
    assert token_like(value)


@pytest.mark.parametrize(
    "value",
    ["get_token_from_environment", "your_api_key_12345", "aaaaaaaaaaaaaaaaaaaaaaaa", "TokenizerForLanguage2"],
)
def test_words_and_stand_ins(value: str) -> None:
    """Identifiers, stand-ins and repetitions do not."""
    assert not secret_like(value)


def test_stand_ins() -> None:
    """Documentation words are known in any case."""
    assert stand_in("YOUR-KEY")
    assert not stand_in("q8Zk")


def test_marked_tokens_need_little() -> None:
    """A token with the mark of its service is refused only as a published example or a filler."""
    assert marked("ghp_aB3dE")
    assert not marked("AKIAIOSFODNN7EXAMPLE")
    assert not marked("ghp_xxxxxxxxxxxx")
