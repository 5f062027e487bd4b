"""Measuring the detectors on labelled texts."""

import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import orjson

from llm_gateway.app.scanner import LocalScanner
from llm_gateway.domain.scan import ScanSurface
from llm_gateway.guard.injection import metrics

CLEAN, ATTACK, HARMFUL = 0, 1, 2


class LabelError(Exception):
    """A labelled file is wrong; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled text: 0 clean, 1 attack, 2 plainly harmful request without an attack."""

    source: str
    label: int
    surface: ScanSurface
    text: str


@dataclass(frozen=True, slots=True)
class Scored:
    """What the gateway says about one labelled text."""

    source: str
    label: int
    risk: float
    stopped: bool
    milliseconds: float


def read_labelled(file: Path) -> Iterator[Labelled]:
    """The lines of a JSON-lines file, which may be compressed with gzip. Raises LabelError."""
    opened = gzip.open if file.suffix == ".gz" else open
    try:
        with opened(file, "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _labelled(line, file, number)
    except OSError as error:
        raise LabelError(f"{file} cannot be read: {error.strerror or error}") from error


def _labelled(line: bytes, file: Path, number: int) -> Labelled:
    try:
        item = orjson.loads(line)
        label, text = item["label"], item["text"]
        surface = ScanSurface(item.get("surface") or "user")
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise LabelError(
            f'{file}, line {number}: needs an object with "label" (0, 1 or 2), "text" and, if given, '
            f'"surface" (one of {", ".join(ScanSurface)})'
        ) from error
    if label not in (CLEAN, ATTACK, HARMFUL) or not isinstance(text, str):
        raise LabelError(f'{file}, line {number}: "label" must be 0, 1 or 2 and "text" a string')
    return Labelled(str(item.get("source") or file.name), label, surface, text)


def score(scanner: LocalScanner, items: Iterable[Labelled], tick: Callable[[], None]) -> list[Scored]:
    """Scans every text; `tick` is called after each."""
    scored = []
    for item in items:
        start = perf_counter()
        verdict = scanner.scan(item.text, item.surface).verdict
        took = (perf_counter() - start) * 1000
        scored.append(Scored(item.source, item.label, verdict.risk_score, not verdict.is_safe, took))
        tick()
    return scored


def report(scored: Sequence[Scored]) -> dict[str, dict[str, object]]:
    """Figures per source and `overall`. A rate that needs texts that are not there is None."""
    sources = dict.fromkeys(item.source for item in scored)
    groups = {source: [item for item in scored if item.source == source] for source in sources}
    return {name: _figures(items) for name, items in {**groups, "overall": list(scored)}.items()}


def _figures(items: Sequence[Scored]) -> dict[str, object]:
    clean = [item.risk for item in items if item.label == CLEAN]
    attacks = [item.risk for item in items if item.label == ATTACK]
    both = [item for item in items if item.label != HARMFUL]
    return {
        "n": len(items),
        "clean": len(clean),
        "attacks": len(attacks),
        "harmful_requests": len(items) - len(both),
        "auc": _figure(metrics.auc(clean, attacks)),
        "tpr_at_fpr": {
            f"{rate:g}": _figure(metrics.recall_at(clean, attacks, rate)) for rate in metrics.RATES
        },
        "accuracy": _share([item.stopped == (item.label == ATTACK) for item in both]),
        "fpr": _share([item.stopped for item in items if item.label == CLEAN]),
        "tpr": _share([item.stopped for item in items if item.label == ATTACK]),
        "harmful_stopped": _share([item.stopped for item in items if item.label == HARMFUL]),
        "ms_per_item": round(sum(item.milliseconds for item in items) / max(1, len(items)), 3),
    }


def _figure(value: float) -> float | None:
    return None if value != value else round(value, 4)  # noqa: PLR0124 - not a number


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
