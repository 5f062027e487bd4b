"""How much of an operator's prompt an answer repeats.

Both texts are read as words (characters, for scripts without spaces). Runs of `SIZE` words that
stand in the prompt as well are marked; the longest marked run and the share of the prompt that came
back say whether the prompt was leaked or merely touched. Linear in both texts.
"""

import re
from typing import NamedTuple

SIZE = 8
_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\W_]+")


class Echo(NamedTuple):
    """What came back: the span of the longest run, its words, and the share of the prompt repeated."""

    start: int
    end: int
    words: int
    share: float

    @property
    def score(self) -> float:
        """Confidence that the prompt leaked: from thirty words in a row, or half of a short prompt."""
        return round(min(1.0, max(self.words / 40, self.share * 1.2)), 3)


class Prompt:
    """An operator's prompt, made ready once to be compared with many answers."""

    def __init__(self, text: str) -> None:
        self._words = [word.lower() for word in _WORD.findall(text)]
        self._places = {
            tuple(self._words[at : at + SIZE]): at for at in range(max(0, len(self._words) - SIZE + 1))
        }

    def echo_in(self, answer: str) -> Echo | None:
        """The longest run of the prompt in `answer`, or `None` if no eight words in a row came back."""
        matches = list(_WORD.finditer(answer))
        words = [match[0].lower() for match in matches]
        longest, length, start = (0, 0), 0, 0
        repeated: set[int] = set()
        for at in range(max(0, len(words) - SIZE + 1)):
            place = self._places.get(tuple(words[at : at + SIZE]))
            if place is None:
                length = 0
                continue
            start, length = (start, length + 1) if length else (at, SIZE)
            longest = max(longest, (length, start))
            repeated.update(range(place, place + SIZE))
        if not repeated:
            return None
        count, first = longest
        end = matches[min(first + count, len(matches)) - 1].end()
        return Echo(matches[first].start(), end, count, len(repeated) / len(self._words))
