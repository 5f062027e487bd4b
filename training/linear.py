"""Training tier 1: logistic regression over hashed n-grams, kept as one signed byte per weight."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]
from sklearn.linear_model import SGDClassifier  # type: ignore[import-not-found, import-untyped, unused-ignore]

from llm_gateway.guard.injection.ngrams import BUCKETS, buckets
from llm_gateway.guard.injection.screen import Screen
from training.pieces import Piece
from training.rows import CLASSES

MARKERS = 2
"""Two columns behind the n-grams say who wrote the text; they become the biases."""

MARKER_VALUE = 1.0


def train_screen(pieces: Sequence[Piece], seed: int, penalty: float = 1e-6) -> Screen:
    """The linear tier fitted to tell attacks from clean text; harmful requests are neither."""
    pieces = [piece for piece in pieces if CLASSES[piece.target] != "harmful_request"]
    targets = np.array([piece.target != 0 for piece in pieces])
    weights = np.array([piece.weight for piece in pieces])
    model = SGDClassifier(
        loss="log_loss", alpha=penalty, max_iter=20, tol=1e-4, average=True, random_state=seed, shuffle=True
    )
    model.fit(design(pieces), targets, sample_weight=weights * _balance(targets))
    return quantised(model.coef_[0], float(model.intercept_[0]))


def _balance(targets: NDArray[np.bool_]) -> NDArray[np.float64]:
    share = targets.mean()
    return np.where(targets, np.float64(0.5 / share), np.float64(0.5 / (1 - share)))


def design(pieces: Sequence[Piece]) -> csr_matrix:
    """One row of n-gram counts per piece, divided by the root of how many there are."""
    columns, values, ends = [], [], [0]
    for piece in pieces:
        found, counts = np.unique(buckets(piece.text).astype(np.int32), return_counts=True)
        marker = BUCKETS + int(piece.third_party)
        columns.append(np.append(found, marker).astype(np.int32))
        values.append(np.append(counts / max(counts.sum(), 1) ** 0.5, MARKER_VALUE).astype(np.float32))
        ends.append(ends[-1] + len(found) + 1)
    shape = (len(pieces), BUCKETS + MARKERS)
    return csr_matrix((np.concatenate(values), np.concatenate(columns), np.array(ends)), shape=shape)


def quantised(weights: NDArray[np.float64], intercept: float) -> Screen:
    """Weights as signed bytes: the few beyond the 99.99th percentile are clipped."""
    grams = weights[:BUCKETS]
    scale = float(np.quantile(np.abs(grams), 0.9999)) / 127
    bytes_ = np.clip(np.round(grams / scale), -127, 127).astype(np.int8)
    biases = weights[BUCKETS:] * MARKER_VALUE + intercept
    return Screen(bytes_, scale, (float(biases[0]), float(biases[1])))
