"""Restoring."""

import pytest

from llm_gateway.guard.masking import PlaceholderMap, Restorer, StreamRestorer

MAP = PlaceholderMap({"CARD_7Q3XK2AB": "4111", "CARD_7Q3XK2AB_P4": "4 1 1 1", "IP_00000000": "10.0.0.1"})


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("pay [CARD_7Q3XK2AB].", "pay 4111."),
        ("**[card_7q3xk2ab]**", "**4111**"),
        (r"\[CARD\_7Q3XK2AB\]", "4111"),
        ("CARD_7Q3XK2AB!", "4111!"),
        ("[CARD_7Q3XK2AB, IP_00000000]", "[4111, 10.0.0.1]"),
        ("[CARD_7Q3XK2AB_P4]", "4 1 1 1"),
        ("[CARD_7Q3XK2AB_XX]", "[4111_XX]"),
        ("[[CARD_7Q3XK2AB]]", "[4111]"),
        ("[CARD_ZZZZZZZZ]", "[CARD_ZZZZZZZZ]"),
        ("[IP_7Q3XK2AB]", "[IP_7Q3XK2AB]"),
        ("cards are in CARD_INDEX", "cards are in CARD_INDEX"),
    ],
)
def test_what_models_make_of_placeholders(answer: str, wanted: str) -> None:
    """Whole and one character at a time, the value comes back; what is unknown stays."""
    restorer = StreamRestorer(MAP)

    assert wanted == Restorer(MAP).restore(answer)
    assert wanted == "".join(map(restorer.feed, answer)) + restorer.flush()


def test_ordinary_text_is_not_held_back() -> None:
    """Only what can become a placeholder of the map waits."""
    restorer = StreamRestorer(MAP)

    assert restorer.feed("Hello there. ") == "Hello there. "
    assert restorer.feed("An index [") == "An index "
    assert restorer.feed("CARX") == "[CARX"
    assert restorer.feed("[CARD_7Q") == ""
    assert restorer.feed("X") == "[CARD_7QX"


def test_an_empty_map_passes_everything_on() -> None:
    """Without masked values nothing is held back or changed."""
    assert StreamRestorer(PlaceholderMap()).feed("[CARD_") == "[CARD_"
    assert Restorer(PlaceholderMap()).restore("x") == "x"


def test_a_long_answer_takes_linear_time() -> None:
    """A megabyte of openings and half placeholders, whole and in pieces."""
    hostile = "[CARD_7Q3XK2A" * 20_000 + "\\[" * 50_000
    restorer = StreamRestorer(MAP)
    pieces = [hostile[at : at + 50] for at in range(0, len(hostile), 50)]

    assert hostile == Restorer(MAP).restore(hostile)
    assert hostile == "".join(map(restorer.feed, pieces)) + restorer.flush()
