"""What one run of the recipe consists of. Seeds and sizes are fixed, so that a run can be repeated."""

from typing import NamedTuple


class Round(NamedTuple):
    """One pass: `share` of the pool's quota, `planted` generated attacks, the peak learning rate.

    `hard` pieces are those that the screen judges worst, clean ones and attacks in equal number.
    """

    seed: int
    share: float
    planted: int
    rate: float
    hard: int = 0


ROUNDS = (
    Round(seed=7, share=0.3, planted=0, rate=1e-4),
    Round(seed=8, share=0.4, planted=1600, rate=8e-5),
    Round(seed=9, share=0.1, planted=850, rate=7e-5, hard=2200),
)

SCREEN_SEED = 7
SCREEN_SHARE = 6.0
"""The linear tier learns in seconds, so it sees far more of the pool than the encoder."""

CALIBRATION_SEED = 11
THREADS = 1
