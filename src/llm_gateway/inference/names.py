"""The tagger of names, from its weights in the package."""

from functools import cache
from pathlib import Path

import numpy as np

from llm_gateway.guard.detectors.pii.names import Tagger

WEIGHTS = Path(__file__).parent / "weights" / "names.npz"


@cache
def name_tagger() -> Tagger:
    """Loaded once, at the first call; a fraction of a second and some three megabytes."""
    return read_tagger(WEIGHTS)


def read_tagger(path: Path) -> Tagger:
    """A tagger as `python -m training.pii` writes it.

    Raises OSError, ValueError or KeyError on anything else.
    """
    with np.load(path, allow_pickle=False) as stored:
        labels = [str(label) for label in stored["labels"]]
        return Tagger(stored["weights"], float(stored["scale"]), labels, stored["transitions"])
