"""The steps of a run. Each leaves a file and is skipped where that file exists."""

import hashlib
import json
from pathlib import Path
from random import Random

import numpy as np

from llm_gateway.guard.injection.screen import Screen
from llm_gateway.inference.injection import OnnxEncoder, load_screen
from training.calibrate import fit_calibration
from training.mixture import hard_pieces, round_pieces
from training.pieces import Piece
from training.rows import Row, training_rows
from training.settings import CALIBRATION_SEED, ROUNDS, SCREEN_SEED, SCREEN_SHARE, Round
from training.traces import calibration_rows, traces


class Workshop:
    """A data folder, an output folder, and what has been made so far."""

    def __init__(self, data: Path, out: Path) -> None:
        self._data, self.out = data, out
        out.mkdir(parents=True, exist_ok=True)
        self._rows: list[Row] = []

    @property
    def rows(self) -> list[Row]:
        """All rows that may be trained on or calibrated with, read once."""
        self._rows = self._rows or training_rows(self._data)
        return self._rows

    def screen(self) -> Path:
        """Trains tier 1."""
        from training.linear import train_screen

        path = self.out / "screen.npz"
        if not path.exists():
            pieces = round_pieces(self.rows, SCREEN_SEED, SCREEN_SHARE, planted_count=5000)
            save_screen(train_screen(pieces, SCREEN_SEED), path)
        return path

    def encoder(self) -> Path:
        """Fine-tunes tier 2, round after round, each from where the last one ended."""
        from training.fine_tune import fine_tune

        previous: Path | None = None
        for number, planned in enumerate(ROUNDS, 1):
            path = self.out / f"round{number}.pt"
            if not (self.out / f"round{number}.done").exists():
                pieces = self._pieces(planned)
                fine_tune(pieces, path, planned.seed, planned.rate, previous)
                (self.out / f"round{number}.done").touch()
            previous = path
        assert previous is not None
        return previous

    def _pieces(self, planned: Round) -> list[Piece]:
        pieces = round_pieces(self.rows, planned.seed, planned.share, planned.planted)
        if planned.hard:
            wide = round_pieces(self.rows, SCREEN_SEED, SCREEN_SHARE, planted_count=0)
            screen = load_screen(self.screen().parent)
            pieces += hard_pieces(wide, screen, Random(planned.seed), planned.hard)
        return pieces

    def export(self) -> Path:
        """Writes the int8 model of the last round."""
        path = self.out / "encoder.onnx"
        if not path.exists():
            from training.export import export_encoder

            export_encoder(self.encoder(), self.out)
        return path

    def calibrate(self) -> Path:
        """Fits the figures that join the tiers, on held-out rows, with the int8 model itself."""
        path = self.out / "calibration.json"
        if not path.exists():
            screen, encoder = load_screen(self.screen().parent), OnnxEncoder(self.export().parent)
            found = traces(
                calibration_rows(self.rows, CALIBRATION_SEED), screen, encoder, self.out / "traces.pickle"
            )
            calibration = fit_calibration(found, _digest(self.out / "encoder.onnx", self.out / "screen.npz"))
            path.write_text(json.dumps(calibration.to_json(), indent=1) + "\n", encoding="utf-8")
        return path


def save_screen(screen: Screen, path: Path) -> None:
    """The linear tier as the gateway loads it."""
    np.savez_compressed(path, weights=screen.weights, scale=screen.scale, biases=np.array(screen.biases))


def _digest(*paths: Path) -> str:
    """Names the weights that a calibration belongs to."""
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)).hexdigest()[
        :16
    ]
