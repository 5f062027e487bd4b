"""The injection model: its weights, and its encoder as an ONNX session."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
import orjson
from tokenizers import Tokenizer

from llm_gateway.guard.hurry import take_time
from llm_gateway.guard.injection.calibration import Calibration
from llm_gateway.guard.injection.cascade import Cascade
from llm_gateway.guard.injection.detector import InjectionDetector
from llm_gateway.guard.injection.encoder import Probabilities
from llm_gateway.guard.injection.layered import Layered
from llm_gateway.guard.injection.rules import StructuralRules
from llm_gateway.guard.injection.screen import Screen

WEIGHTS = Path(__file__).parent / "weights"

LONGEST = 190
"""Tokens the encoder reads at once; a window that has more is read in overlapping parts."""

STRIDE = 150


class OnnxEncoder:
    """Classifies windows with the int8 encoder, one by one: padding would cost more than it saves.

    One thread per session and none that spins: callers bring their own, and an idle gateway
    uses no CPU. Safe to share between threads.
    """

    def __init__(self, folder: Path) -> None:
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), _options(), providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._first, self._last = self._token("[CLS]"), self._token("[SEP]")
        self._markers = (self._token("user"), self._token("document"))

    def classify(self, windows: Sequence[str], third_party: bool) -> list[Probabilities]:
        """Class probabilities of each window; of a very long one, those of its most dangerous part."""
        take_time()
        return [self._worst(self._ids(text), self._markers[third_party]) for text in windows]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(_encodable(text), add_special_tokens=False).ids
        return ids

    def _worst(self, ids: list[int], marker: int) -> Probabilities:
        if len(ids) <= LONGEST:
            return self._run(ids, marker)
        parts = [ids[start : start + LONGEST] for start in range(0, len(ids) - LONGEST + STRIDE, STRIDE)]
        return max((self._run(part, marker) for part in parts), key=lambda found: found.attack)

    def _run(self, ids: list[int], marker: int) -> Probabilities:
        inputs = np.array([[self._first, marker, *ids, self._last]], dtype=np.int64)
        (probabilities,) = self._session.run(None, {"input_ids": inputs})
        return Probabilities(*probabilities[0].tolist())

    def _token(self, word: str) -> int:
        found = self._tokenizer.token_to_id(word)
        if found is None:
            raise ValueError(
                f"the tokenizer beside the encoder does not know {word}: weights do not belong together"
            )
        return found


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return options


def _encodable(text: str) -> str:
    """Lone surrogates cannot be handed to the tokenizer; they become question marks."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def load_screen(folder: Path = WEIGHTS) -> Screen:
    """The linear tier."""
    with np.load(folder / "screen.npz") as arrays:
        typed, third_party = arrays["biases"].tolist()
        return Screen(arrays["weights"], float(arrays["scale"]), (typed, third_party))


def load_calibration(folder: Path = WEIGHTS) -> Calibration:
    """The figures measured after training."""
    return Calibration.from_json(orjson.loads((folder / "calibration.json").read_bytes()))


def load_cascade(folder: Path = WEIGHTS) -> Cascade:
    """All tiers, ready to read; takes a fraction of a second."""
    return Cascade(load_screen(folder), OnnxEncoder(folder), load_calibration(folder))


@cache
def weights_version(folder: Path = WEIGHTS) -> str:
    """Changes whenever the calibration does, which names the digests of all other weights."""
    return hashlib.sha256((folder / "calibration.json").read_bytes()).hexdigest()[:12]


def injection_model(folder: Path = WEIGHTS) -> InjectionDetector:
    """The cascade with the shipped weights, which are loaded when the first text comes."""
    return InjectionDetector(lambda: load_cascade(folder), weights_version(folder))


def injection_detector(folder: Path = WEIGHTS) -> Layered:
    """What policies call `injection`: rules by wording and the cascade."""
    return Layered((StructuralRules(), injection_model(folder)))
