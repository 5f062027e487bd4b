"""Tables of figures over scored cases."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from rich.table import Table

from benchmarks.detection.cases import Case
from llm_gateway.guard.injection.calibration import SHIPPED
from llm_gateway.guard.injection.metrics import (
    RATES,
    Interval,
    auc_interval,
    flagged,
    recall_at,
    share_interval,
)

LENGTHS = (200, 1000, 4000, 40000)

Key = Callable[[Case], str]


def by_length(case: Case) -> str:
    """The band of length, in characters."""
    return next((f"up to {limit}" for limit in LENGTHS if case.length <= limit), "longer")


def table(title: str, cases: Sequence[Case], key: Key) -> Table:
    """One line per group: how many, AUC, recall at fixed false positives, and rates as shipped."""
    shown = Table(title=title)
    for column in ("group", "clean", "attacks", "AUC", *(f"TPR@{100 * rate:g}%" for rate in RATES)):
        shown.add_column(column, justify="left" if column == "group" else "right")
    for column in ("FPR", "TPR", "accuracy", "label 2 flagged", "ms p50"):
        shown.add_column(column, justify="right")
    for name, group in sorted(grouped(cases, key).items()):
        shown.add_row(name, *_line(group))
    return shown


def grouped(cases: Iterable[Case], key: Key) -> dict[str, list[Case]]:
    """Cases by the value of `key`."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[key(case)].append(case)
    return groups


def _line(group: Sequence[Case]) -> list[str]:
    clean, attacks, harmful = (
        np.array([case.score for case in group if case.label == label]) for label in range(3)
    )
    hits = np.concatenate([clean < SHIPPED, attacks >= SHIPPED])
    both = len(clean) > 0 and len(attacks) > 0
    return [
        str(len(clean)),
        str(len(attacks)),
        _interval(auc_interval(clean, attacks), 1) if both else "",
        *(_percent(recall_at(clean, attacks, rate)) if both else "" for rate in RATES),
        _interval(share_interval(clean >= SHIPPED)) if len(clean) else "",
        _interval(share_interval(attacks >= SHIPPED)) if len(attacks) else "",
        _percent(float(hits.mean())) if len(hits) else "",
        _percent(flagged(harmful, SHIPPED)) if len(harmful) else "",
        f"{np.median([case.milliseconds for case in group]):.1f}",
    ]


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _interval(figure: Interval, scale: int = 100) -> str:
    if scale == 1:
        return f"{figure.value:.3f} ({figure.low:.3f}-{figure.high:.3f})"
    return f"{100 * figure.value:.1f} ({100 * figure.low:.1f}-{100 * figure.high:.1f})"


def summary(group: Sequence[Case]) -> dict[str, float | int]:
    """The same figures as plain values."""
    clean, attacks = (np.array([case.score for case in group if case.label == label]) for label in range(2))
    figures: dict[str, float | int] = {
        "clean": len(clean),
        "attacks": len(attacks),
        "auc": auc_interval(clean, attacks).value,
        "fpr": flagged(clean, SHIPPED),
        "tpr": flagged(attacks, SHIPPED),
    }
    return figures | {f"tpr_at_{100 * rate:g}": recall_at(clean, attacks, rate) for rate in RATES}
