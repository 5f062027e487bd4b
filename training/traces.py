"""What both tiers say about every window of some rows: the raw material of calibration."""

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rich.progress import track

from llm_gateway.guard.injection.cascade import BUDGET
from llm_gateway.guard.injection.encoder import Encoder, Probabilities
from llm_gateway.guard.injection.screen import Screen
from llm_gateway.guard.injection.windows import windows
from training.rows import Row
from training.split import held_out


@dataclass(frozen=True, slots=True)
class Trace:
    """A row with the screen's score of its windows and the encoder's word on the hottest of them."""

    row: Row
    windows: int
    screen: tuple[float, ...]
    encoder: tuple[Probabilities, ...]

    @property
    def hottest(self) -> float:
        return max(self.screen)


def trace(row: Row, screen: Screen, encoder: Encoder) -> Trace:
    """The row as the cascade would read it if the screen settled nothing."""
    texts = [row.text[window.start : window.end] for window in windows(row.text)]
    scored = sorted(((screen.score(text, row.third_party), text) for text in texts), reverse=True)[:BUDGET]
    probabilities = encoder.classify([text for _, text in scored], row.third_party)
    return Trace(row, len(texts), tuple(score for score, _ in scored), tuple(probabilities))


def traces(rows: Sequence[Row], screen: Screen, encoder: Encoder, path: Path) -> list[Trace]:
    """Traces of all rows, kept at `path`."""
    if not path.exists():
        found = [trace(row, screen, encoder) for row in track(rows, "reading held-out rows")]
        path.write_bytes(pickle.dumps(found))
    kept: list[Trace] = pickle.loads(path.read_bytes())
    return kept


CLEAN_PER_SOURCE, ATTACKS_PER_SOURCE, LONG = 150, 25, 200


def calibration_rows(rows: Iterable[Row], seed: int) -> list[Row]:
    """Held-out rows, no source dominating, and long clean documents joined from held-out ones."""
    random = Random(seed)
    by_source: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        if held_out(row):
            name = f"own {row.surface}" if row.own else row.source
            by_source.setdefault((name, row.label), []).append(row)
    chosen = [
        row
        for (_, label), found in by_source.items()
        for row in random.sample(found, min(ATTACKS_PER_SOURCE if label else CLEAN_PER_SOURCE, len(found)))
    ]
    return chosen + _long_documents(by_source, random)


def _long_documents(by_source: dict[tuple[str, int], list[Row]], random: Random) -> list[Row]:
    pools = [
        [row for row in found if row.third_party or len(row.text) > 600]
        for (_, label), found in by_source.items()
        if label == 0
    ]
    pools = [pool for pool in pools if len(pool) >= 40]
    return [_joined(random.choice(pools), number, random) for number in range(LONG)]


def _joined(pool: Sequence[Row], number: int, random: Random) -> Row:
    length, parts = int(1500 * 27 ** random.random()), []
    while sum(map(len, parts)) < length:
        parts.append(random.choice(pool).text)
    text = "\n\n".join(parts)[:length]
    surface = random.choice(("document", "document", "user"))
    return Row(f"long:{number}", "joined/" + pool[0].source, "en", surface, 0, "benign", text)
