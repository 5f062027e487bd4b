"""Figures on held-out sources, which choose between rounds; the evaluation sets have no say in that."""

import json

import numpy as np
from rich.table import Table

from llm_gateway.domain.text import Provenance
from llm_gateway.guard.injection.calibration import Calibration
from llm_gateway.guard.injection.metrics import auc, flagged, recall_at
from llm_gateway.inference.injection import OnnxEncoder, load_screen
from training.calibrate import risk
from training.settings import CALIBRATION_SEED
from training.steps import Workshop
from training.traces import Trace, calibration_rows, traces


def held_out_table(shop: Workshop) -> Table:
    """Per held-out source: attacks against all clean text of their provenance, clean text as shipped."""
    calibration = Calibration.from_json(json.loads(shop.calibrate().read_text(encoding="utf-8")))
    rows = calibration_rows(shop.rows, CALIBRATION_SEED)
    found = traces(rows, load_screen(shop.out), OnnxEncoder(shop.out), shop.out / "traces.pickle")
    table = Table("label", "source", "n", "AUC", "TPR@1%", "flagged as shipped", title="Held-out sources")
    for (label, name), group in sorted(_by_source(found).items()):
        table.add_row(str(label), name, str(len(group)), *_figures(label, group, found, calibration))
    return table


def _by_source(found: list[Trace]) -> dict[tuple[int, str], list[Trace]]:
    groups: dict[tuple[int, str], list[Trace]] = {}
    for one in found:
        groups.setdefault((one.row.label, one.row.source), []).append(one)
    return groups


def _figures(label: int, group: list[Trace], found: list[Trace], calibration: Calibration) -> list[str]:
    scores = [score(one, calibration) for one in group]
    shipped = f"{100 * flagged(scores, 0.8):.1f}"
    if label != 1:
        return ["", "", shipped]
    third = group[0].row.third_party
    clean = [score(one, calibration) for one in found if one.row.label == 0 and one.row.third_party == third]
    return [f"{auc(clean, scores):.3f}", f"{100 * recall_at(clean, scores, 0.01):.1f}", shipped]


def score(one: Trace, calibration: Calibration) -> float:
    """The score as shipped, but for what the screen settles."""
    provenance = Provenance.TOOL if one.row.third_party else Provenance.USER
    return calibration.score(risk(one, calibration.mixes[one.row.third_party]), provenance, one.windows)


def settled_share(found: list[Trace], calibration: Calibration) -> float:
    """The share of clean typed texts that never reach the encoder."""
    clean = [one for one in found if one.row.label == 0 and not one.row.third_party]
    return float(np.mean([one.hottest < calibration.settle[False] for one in clean]))
