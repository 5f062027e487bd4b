"""The tagger: scores of labels for each word, and the likeliest row of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from llm_gateway.guard.detectors.pii.names.features import features, words_of

CATEGORIES = frozenset(
    {"person", "location", "organization", "address", "date", "age", "affiliation", "title", "username"}
)
_MOST_WORDS = 4096


class Tagged(NamedTuple):
    """A span with its category and the mean probability of its words."""

    start: int
    end: int
    category: str
    score: float


class Tagger:
    """Finds spans of `CATEGORIES`. Immutable; safe to share between threads.

    `weights`: a row per feature, a column per label; `scale` turns them into log-odds.
    `labels`: `O`, and `B-` and `I-` with a category. `transitions`: log-probabilities from label to
    label; the last row is for the beginning of a text.
    """

    def __init__(
        self, weights: NDArray[np.int8], scale: float, labels: Sequence[str], transitions: NDArray[np.float32]
    ) -> None:
        self._weights = weights
        self._scale = scale
        self._labels = tuple(labels)
        self._transitions = transitions

    def tag(self, text: str) -> list[Tagged]:
        """All spans, in order, none overlapping another. Long texts are read in parts."""
        words = words_of(text)
        out: list[Tagged] = []
        for at in range(0, len(words), _MOST_WORDS):
            part = words[at : at + _MOST_WORDS]
            scores = self._scores(features(part))
            path = self._path(scores)
            out += self._spans([(word.start, word.end) for word in part], path, scores)
        return out

    def _scores(self, seen: list[list[int]]) -> NDArray[np.float32]:
        """Log-probabilities of the labels, word by word."""
        raw = self._weights[np.array(seen)].sum(axis=1, dtype=np.float32) * np.float32(self._scale)
        raw -= raw.max(axis=1, keepdims=True)
        return np.asarray(raw - np.log(np.exp(raw).sum(axis=1, keepdims=True)), dtype=np.float32)

    def _path(self, scores: NDArray[np.float32]) -> list[int]:
        """Viterbi: the row of labels with the highest sum of scores and transitions."""
        best = scores[0] + self._transitions[-1]
        back = []
        steps = self._transitions[:-1]
        for row in scores[1:]:
            reached = best[:, None] + steps
            back.append(reached.argmax(axis=0))
            best = reached.max(axis=0) + row
        label = int(best.argmax())
        path = [label]
        for choice in reversed(back):
            label = int(choice[label])
            path.append(label)
        return path[::-1]

    def _spans(
        self, places: Sequence[tuple[int, int]], path: Sequence[int], scores: NDArray[np.float32]
    ) -> list[Tagged]:
        out: list[Tagged] = []
        sure: list[float] = []
        for (start, end), label, row in zip(places, path, scores, strict=True):
            kind, _, category = self._labels[label].partition("-")
            if kind == "O":
                continue
            probability = float(np.exp(row[label]))
            if kind == "I" and out and out[-1].category == category and sure:
                sure.append(probability)
                out[-1] = Tagged(out[-1].start, end, category, round(sum(sure) / len(sure), 3))
            else:
                sure = [probability]
                out.append(Tagged(start, end, category, round(probability, 3)))
        return out
