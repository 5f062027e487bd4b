"""python -m training.pii DATA OUT.npz [--epochs 4]: reads DATA/pii and DATA/own, writes the weights.

Files marked as evaluation are never read. A tenth of the generated and of the hand-written rows is
held out, and the spans found in it are reported by type (IoU 0.9).
"""

import argparse
import random
from collections import Counter
from pathlib import Path

import numpy as np

from llm_gateway.guard.detectors.pii.names.tagger import Tagger
from training.pii.fit import fitted, prepared, quantised, shuffled, transitions
from training.pii.rows import CATEGORY, Row, pool_of, read, varied

LABELS = ("O", *(f"{kind}-{name}" for name in dict.fromkeys(CATEGORY.values()) for kind in "BI"))
HELD_OUT = 10


def report(tagger: Tagger, rows: list[Row], name: str) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        found = tagger.tag(row.text)
        for span in row.spans:
            hit = any(
                (min(one.end, span.end) - max(one.start, span.start))
                >= 0.9 * (max(one.end, span.end) - min(one.start, span.start))
                and one.category == span.category
                for one in found
            )
            counts[span.category, "hit" if hit else "missed"] += 1
        for one in found:
            counts[one.category, "found"] += 1
    for category in dict.fromkeys(CATEGORY.values()):
        hit, missed, found = (counts[category, kind] for kind in ("hit", "missed", "found"))
        if hit + missed:
            precision, recall = hit / max(1, found), hit / (hit + missed)
            print(f"{name:12} {category:14} n {hit + missed:5} P {precision:.3f} R {recall:.3f}")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("data", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--epochs", type=int, default=4)
    options.add_argument("--thin", type=int, default=5, help="every so many rows of the large files")
    options.add_argument("--copies", type=int, default=3, help="copies with exchanged entities")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(given.seed)
    generated = shuffled(list(read(given.data / "pii/presidio_generated.jsonl.gz")), given.seed)
    written = shuffled(list(read(given.data / "own/pii_realistic.jsonl")), given.seed)
    held = {
        "generated": generated[: len(generated) // HELD_OUT],
        "written": written[: len(written) // HELD_OUT],
    }
    generated, written = generated[len(generated) // HELD_OUT :], written[len(written) // HELD_OUT :]
    tweets = [row for name in ("btc", "wnut17_train") for row in read(given.data / f"pii/{name}.jsonl.gz")]
    many = list(read(given.data / "pii/own_multilingual.jsonl.gz"))
    pool = pool_of([*generated, *written, *many])
    small = list(read(given.data / "pii/pii_small.jsonl.gz"))
    rows = [*generated, *written, *many[:: given.thin], *tweets[:: given.thin], *small]
    for _ in range(given.copies):
        rows += varied([*generated, *written], pool, chance)
    data = prepared(shuffled(rows, given.seed), LABELS)
    print(f"{len(rows)} rows, {len(data.wanted)} words", flush=True)
    weights, scale = quantised(fitted(data, LABELS, given.epochs, given.seed))
    steps = transitions(data, LABELS)
    np.savez_compressed(
        given.out, weights=weights, scale=np.float32(scale), labels=np.array(LABELS), transitions=steps
    )
    for name, rows_held in held.items():
        report(Tagger(weights, scale, LABELS, steps), rows_held, name)


if __name__ == "__main__":
    main()
