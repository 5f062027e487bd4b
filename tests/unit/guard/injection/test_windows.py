from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.guard.injection.windows import OVERLAP, SIZE, SLACK, windows

WORDS = "the quick brown fox jumps over the lazy dog and "


def test_a_short_text_is_one_window() -> None:
    """A text that the encoder can read at once is not cut."""
    assert windows("hello") == [(0, 5)]
    assert windows("") == [(0, 0)]
    assert windows("x" * (SIZE + SLACK)) == [(0, SIZE + SLACK)]


@given(st.text(max_size=3000) | st.text(alphabet="aé漢🙂 \n", min_size=400, max_size=4000))
def test_windows_cover_every_character(text: str) -> None:
    """No character lies outside all windows, and windows go forward."""
    cut = windows(text)

    assert cut[0].start == 0
    assert cut[-1].end == len(text)
    for before, after in pairwise(cut):
        assert before.start < after.start <= before.end < after.end


@pytest.mark.parametrize("letter", ["a", "é", "漢", "🙂"])
def test_no_window_is_longer_than_its_size_in_bytes(letter: str) -> None:
    """Size counts bytes, so that scripts with many tokens per character get shorter windows."""
    text = letter * 3000
    sizes = [len(text[start:end].encode()) for start, end in windows(text)]

    assert max(sizes) <= SIZE + SLACK
    assert min(sizes[:-1]) > SIZE - 4


def test_windows_overlap_by_enough_to_hold_a_sentence() -> None:
    """An instruction of up to the overlap lies whole in at least one window, wherever it stands."""
    text = WORDS * 100
    cut = windows(text)

    assert all(before.end - after.start >= OVERLAP for before, after in pairwise(cut))
    assert all(text[start - 1] == " " for start, _ in cut[1:])


def test_lone_surrogates_pass() -> None:
    """Texts that are not valid Unicode are cut like others."""
    assert windows("\ud800" * 2000)[-1].end == 2000
