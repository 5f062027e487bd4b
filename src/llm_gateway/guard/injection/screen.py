"""Tier 1: a linear model over hashed n-grams that says what is plainly benign, in microseconds."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from llm_gateway.guard.injection.ngrams import buckets


class Screen(NamedTuple):
    """Weights of the linear model: one signed byte per bucket, times `scale`.

    `biases` are those of text that the user typed and of text from a third party.
    """

    weights: NDArray[np.int8]
    scale: float
    biases: tuple[float, float]

    def score(self, text: str, third_party: bool) -> float:
        """Log-odds that the text is an attack; comparable between texts of different length."""
        found = buckets(text)
        if not len(found):
            return self.biases[third_party]
        total = int(self.weights.take(found).sum(dtype=np.int64))
        return float(total * self.scale / len(found) ** 0.5 + self.biases[third_party])
