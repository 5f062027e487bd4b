"""Typed spans against a labelled file: precision, recall and F2 per type, IoU 0.9.

    python -m benchmarks.pii.spans FILE.jsonl[.gz] [--names [WEIGHTS.npz]] [--misses N]

Lines hold `{"text", "spans": [{"start", "end", "label"}]}`, offsets in code points, end exclusive.
A found span counts when its type is right and intersection over union is at least 0.9, as in
Microsoft's presidio-research; types that the file does not mark are left out, and a file that marks
no births counts them as dates.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Detector, Reading
from llm_gateway.guard.detectors.pii import CATEGORIES, PiiDetector
from llm_gateway.guard.detectors.pii.names import CATEGORIES as NAMES
from llm_gateway.guard.detectors.secrets import CATEGORIES as SECRETS
from llm_gateway.guard.detectors.secrets import SecretsDetector
from llm_gateway.guard.spans import strongest
from llm_gateway.inference.names import WEIGHTS, read_tagger

IOU = 0.9
LABELS = {
    "credit_card": "CREDIT_CARD",
    "iban": "IBAN",
    "email": "EMAIL",
    "phone": "PHONE",
    "ip_address": "IP",
    "us_ssn": "NATIONAL_ID",
    "national_id": "NATIONAL_ID",
    "tax_id": "NATIONAL_ID",
    "health_id": "NATIONAL_ID",
    "passport": "PASSPORT",
    "driver_license": "DRIVER_LICENSE",
    "date_of_birth": "DATE_OF_BIRTH",
    "bank_account": "BANK_ACCOUNT",
    "password": "PASSWORD",
    "url": "URL",
    "person": "PERSON",
    "location": "LOCATION",
    "organization": "ORG",
    "address": "ADDRESS",
    "date": "DATE",
    "age": "AGE",
    "affiliation": "NRP",
    "title": "TITLE",
    "username": "USERNAME",
    **{category: "SECRET" for category in SECRETS if category != "password"},
}


class Typed(NamedTuple):
    start: int
    end: int
    label: str


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        yield from map(json.loads, lines)


def found(detectors: Sequence[Detector], text: str, marked: frozenset[str]) -> list[Typed]:
    reading = Reading(Segment((), text, Provenance.USER))
    findings = [finding for detector in detectors for finding in detector.find(reading)]
    typed = [
        Typed(item.start, item.end, LABELS[item.category])
        for item in strongest(findings)
        if item.category in LABELS
    ]
    if "DATE_OF_BIRTH" not in marked:
        typed = [item._replace(label="DATE") if item.label == "DATE_OF_BIRTH" else item for item in typed]
    return [item for item in typed if item.label in marked]


def alike(one: Typed, two: Typed) -> bool:
    shared = min(one.end, two.end) - max(one.start, two.start)
    union = max(one.end, two.end) - min(one.start, two.start)
    return one.label == two.label and shared / union >= IOU


def score(
    wanted: Iterable[Typed], given: Iterable[Typed], counts: Counter[tuple[str, str]]
) -> tuple[list[Typed], list[Typed]]:
    """Adds to `counts` and returns what was missed and what was found wrongly."""
    open_ = list(given)
    missed = []
    for span in wanted:
        match = next((other for other in open_ if alike(span, other)), None)
        counts[span.label, "hit" if match else "missed"] += 1
        if match:
            open_.remove(match)
        else:
            missed.append(span)
    for span in open_:
        counts[span.label, "wrong"] += 1
    return missed, open_


def report(counts: Counter[tuple[str, str]], labels: Iterable[str]) -> None:
    print(f"{'type':16}{'n':>7}{'precision':>11}{'recall':>9}{'F2':>8}")
    total: Counter[str] = Counter()
    for label in (*sorted(labels), "all"):
        kinds = (
            total
            if label == "all"
            else Counter({kind: counts[label, kind] for kind in ("hit", "missed", "wrong")})
        )
        if label != "all":
            total += kinds
        precision = kinds["hit"] / max(1, kinds["hit"] + kinds["wrong"])
        recall = kinds["hit"] / max(1, kinds["hit"] + kinds["missed"])
        f2 = 5 * precision * recall / max(1e-9, 4 * precision + recall)
        print(f"{label:16}{kinds['hit'] + kinds['missed']:7}{precision:11.3f}{recall:9.3f}{f2:8.3f}")


def detectors_for(names: Path | None) -> tuple[Detector, ...]:
    tagger = read_tagger(names) if names else None
    wanted = CATEGORIES | NAMES if tagger else CATEGORIES
    return (PiiDetector(wanted, tagger), SecretsDetector())


def main() -> None:
    options = argparse.ArgumentParser(description="Typed spans against a labelled file.")
    options.add_argument("file", type=Path)
    options.add_argument("--names", type=Path, nargs="?", const=WEIGHTS, help="with the tagger of names")
    options.add_argument(
        "--misses", type=int, default=0, help="print so many misses and false alarms per type"
    )
    given = options.parse_args()
    detectors = detectors_for(given.names)
    labelled = list(rows(given.file))
    marked = frozenset(span["label"] for row in labelled for span in row["spans"])
    counts: Counter[tuple[str, str]] = Counter()
    shown: Counter[tuple[str, str]] = Counter()
    for row in labelled:
        text = row["text"]
        wanted = [Typed(span["start"], span["end"], span["label"]) for span in row["spans"]]
        missed, wrong = score(wanted, found(detectors, text, marked), counts)
        for kind, spans in (("missed", missed), ("wrong", wrong)):
            for span in spans:
                shown[kind, span.label] += 1
                if shown[kind, span.label] <= given.misses and span.label in LABELS.values():
                    around = text[max(0, span.start - 40) : span.start], text[span.start : span.end]
                    print(f"{kind} {span.label}: {around[0]!r} «{around[1]}»")
    report(counts, marked)


if __name__ == "__main__":
    main()
