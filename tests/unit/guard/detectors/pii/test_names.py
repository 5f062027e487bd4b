"""The tagger of names: words, features, decoding. Its quality is a matter of the benchmark."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.guard.detectors.pii.names import Tagger
from llm_gateway.guard.detectors.pii.names.features import LEXICAL, SIZE, features, words_of

LABELS = ("O", "B-person", "I-person")
FREE = np.zeros((4, 3), dtype=np.float32)


def _tagger(**labels: int) -> Tagger:
    """A tagger that has learned words by heart: `ann=1` gives the word `ann` the label at place 1."""
    weights = np.zeros((SIZE, 3), dtype=np.int8)
    for word, label in labels.items():
        weights[features(words_of(word))[0][0], label] = 20
    weights[features(words_of("x"))[0][-1], 0] = 5
    return Tagger(weights, 1.0, LABELS, FREE)


def test_words() -> None:
    """Letters, digits, signs and line ends apart; ideographs one by one."""
    assert [word.lower for word in words_of("O'Brien, 12b\n山田")] == [
        "o",
        "'",
        "brien",
        ",",
        "12",
        "b",
        "\n",
        "山",
        "田",
    ]
    assert [word.shape for word in words_of("Ann ANN McKay 2024 x")] == ["Xxx", "XXX", "XMxxx", "dddd", "x"]


@given(st.text(max_size=40))
def test_every_word_has_the_same_number_of_features(text: str) -> None:
    """Features lie within the table, the last is the same for all, and the words lie within the text."""
    words = words_of(text)
    rows = features(words)

    assert len({len(row) for row in rows}) <= 1
    assert all(0 <= place < SIZE for row in rows for place in row)
    assert len({row[-1] for row in rows}) <= 1
    assert all(len(row) > LEXICAL for row in rows)
    assert all(0 <= word.start < word.end <= len(text) for word in words)


def test_spans() -> None:
    """A beginning and what goes on are one span, with the mean probability of its words."""
    text = "for Ann Smith and ann"
    tagged = _tagger(ann=1, smith=2).tag(text)

    assert [(text[one.start : one.end], one.category) for one in tagged] == [
        ("Ann Smith", "person"),
        ("ann", "person"),
    ]
    assert all(one.score > 0.99 for one in tagged)


def test_transitions_decide() -> None:
    """A label that may not follow is not taken, however likely it is by itself."""
    closed = FREE.copy()
    closed[[0, 3], 2] = -1e4
    tagger = _tagger(smith=2)
    tagger._transitions = closed

    assert [one.category for one in tagger.tag("smith")] == []


def test_a_long_text_is_read_in_parts() -> None:
    """Names beyond the first four thousand words are found too, and an empty text holds none."""
    assert len(_tagger(ann=1).tag("word " * 5000 + "ann")) == 1
    assert _tagger(ann=1).tag("") == []
