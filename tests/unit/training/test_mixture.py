from random import Random

import numpy as np

from llm_gateway.guard.injection.ngrams import BUCKETS
from llm_gateway.guard.injection.screen import Screen
from training.mixture import hard_pieces
from training.pieces import Piece


def test_hard_pieces_are_those_that_the_screen_gets_wrong() -> None:
    """Attacks that score low and clean text that scores high, from the pool alone."""
    weights = np.random.default_rng(1).integers(-127, 127, BUCKETS).astype(np.int8)
    screen = Screen(weights, 0.1, (0.0, 0.0))
    pieces = [
        Piece(f"text number {word}", number % 2, False) for number, word in enumerate("abcdefghijklmnopqrst")
    ]
    scores = {piece.text: screen.score(piece.text, False) for piece in pieces}
    hard = hard_pieces(pieces, screen, Random(1), 4)

    assert sorted(piece.target for piece in hard) == [0, 0, 1, 1]
    for piece in hard:
        same = sorted(scores[other.text] for other in pieces if other.target == piece.target)
        assert scores[piece.text] in (same[:4] if piece.target else same[-4:])
