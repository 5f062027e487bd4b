"""Fits the tagger: multinomial logistic regression with AdaGrad, then transitions from counts."""

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from llm_gateway.guard.detectors.pii.names.features import LEXICAL, SIZE, Word, features, words_of
from training.pii.rows import Row

PARTIAL_LABELS = ("O", "B-person", "I-person", "B-location", "I-location", "B-organization", "I-organization")
RATE, DECAY, DROPPED, BATCH = 0.12, 2e-7, 0.12, 512


class Data(NamedTuple):
    seen: NDArray[np.int32]
    wanted: NDArray[np.int32]
    partial: NDArray[np.bool_]
    first: NDArray[np.bool_]


def labelled(row: Row, words: Sequence[Word]) -> list[str]:
    """The label of each word: by the span that holds its beginning."""
    out = []
    spans = iter(sorted(row.spans))
    span = next(spans, None)
    begun = False
    for word in words:
        while span is not None and word.start >= span.end:
            span, begun = next(spans, None), False
        if span is None or word.start < span.start:
            out.append("O")
            continue
        out.append(f"{'I' if begun else 'B'}-{span.category}")
        begun = True
    return out


def prepared(rows: Sequence[Row], labels: Sequence[str]) -> Data:
    index = {label: at for at, label in enumerate(labels)}
    seen: list[list[int]] = []
    wanted: list[int] = []
    partial: list[bool] = []
    first: list[bool] = []
    for row in rows:
        words = words_of(row.text)
        seen += features(words)
        wanted += [index[label] for label in labelled(row, words)]
        partial += [row.partial] * len(words)
        first += [at == 0 for at in range(len(words))]
    return Data(
        np.array(seen, dtype=np.int32), np.array(wanted, dtype=np.int32), np.array(partial), np.array(first)
    )


def fitted(data: Data, labels: Sequence[str], epochs: int, seed: int) -> NDArray[np.float32]:
    """Weights after `epochs` passes. The word itself is hidden now and then, so that context counts."""
    chance = np.random.default_rng(seed)
    weights = np.zeros((SIZE, len(labels)), dtype=np.float32)
    squares = np.full((SIZE, len(labels)), 1e-6, dtype=np.float32)
    closed = np.array([label not in PARTIAL_LABELS for label in labels])
    bias = data.seen[0, -1]
    for epoch in range(epochs):
        loss = 0.0
        for batch in np.array_split(chance.permutation(len(data.wanted)), max(1, len(data.wanted) // BATCH)):
            seen = data.seen[batch].copy()
            seen[np.flatnonzero(chance.random(len(batch)) < DROPPED), :LEXICAL] = bias
            raw = weights[seen].sum(axis=1)
            raw[np.ix_(data.partial[batch], closed)] = -1e4
            raw -= raw.max(axis=1, keepdims=True)
            odds = np.exp(raw)
            odds /= odds.sum(axis=1, keepdims=True)
            loss -= float(np.log(odds[np.arange(len(batch)), data.wanted[batch]] + 1e-9).sum())
            odds[np.arange(len(batch)), data.wanted[batch]] -= 1
            places, inverse = np.unique(seen, return_inverse=True)
            step = np.zeros((len(places), len(labels)), dtype=np.float32)
            np.add.at(
                step, inverse.reshape(seen.shape), np.broadcast_to(odds[:, None], (*seen.shape, len(labels)))
            )
            step += DECAY * len(batch) * weights[places]
            squares[places] += step * step
            weights[places] -= RATE * step / np.sqrt(squares[places])
        print(f"epoch {epoch + 1}: loss {loss / len(data.wanted):.4f}", flush=True)
    return weights


def transitions(data: Data, labels: Sequence[str]) -> NDArray[np.float32]:
    """Log-probabilities from label to label over how common the second is; forbidden ones far down."""
    count = len(labels)
    pairs = np.full((count + 1, count), 0.1)
    before = np.where(data.first, count, np.roll(data.wanted, 1))
    np.add.at(pairs, (before, data.wanted), 1)
    usual = np.bincount(data.wanted, minlength=count) + 1.0
    out = 0.5 * (np.log(pairs / pairs.sum(axis=1, keepdims=True)) - np.log(usual / usual.sum()))
    for at, label in enumerate(labels):
        if label.startswith("I-"):
            allowed = {f"B-{label[2:]}", label}
            for other in range(count + 1):
                if other == count or labels[other] not in allowed:
                    out[other, at] = -1e4
    return out.astype(np.float32)


def quantised(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], float]:
    """Weights as whole numbers of 8 bits, and what one of them is worth."""
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9995)) / 127
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale


def shuffled(rows: Sequence[Row], seed: int) -> list[Row]:
    out = list(rows)
    random.Random(seed).shuffle(out)
    return out
