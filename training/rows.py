"""Reading labelled texts."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CLASSES = ("benign", "injection", "jailbreak", "harmful_request")
THIRD_PARTY = frozenset({"tool_result", "document", "tool_definition"})


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text. `start` and `end` give the attack inside it where that is known."""

    id: str
    source: str
    lang: str
    surface: str
    label: int
    kind: str
    text: str
    file: str = ""
    pair: str = ""
    start: int = -1
    end: int = -1

    @property
    def target(self) -> int:
        """The class the encoder should give: an index into CLASSES."""
        if self.label == 0:
            return 0
        if self.label == 2:
            return 3
        return 2 if self.kind == "jailbreak" else 1

    @property
    def third_party(self) -> bool:
        """True for text that the user did not type: tool output, documents, tool definitions."""
        return self.surface in THIRD_PARTY

    @property
    def own(self) -> bool:
        return self.source.startswith("own/")


def read_rows(path: Path) -> Iterator[Row]:
    """The labelled rows of one file; rows without a label (annotated personal data) count as clean."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield _row(json.loads(line), f"{path.stem}:{number}", path)


def _row(fields: dict[str, Any], fallback: str, path: Path) -> Row:
    return Row(
        id=str(fields.get("id", fallback)),
        source=fields.get("source") or f"own/{path.stem}",
        lang=fields.get("lang", "en"),
        surface=fields.get("surface", "user"),
        label=int(fields.get("label", 0)),
        kind=fields.get("kind", "benign"),
        text=fields["text"],
        file=path.name.split(".")[0],
        pair=str(fields.get("pair") or ""),
        start=int(fields.get("attack_start", -1)),
        end=int(fields.get("attack_end", -1)),
    )


def training_rows(data: Path) -> list[Row]:
    """All rows that may be trained on: `train/` and `own/`, never `eval/`."""
    files = [*sorted((data / "train").glob("*.jsonl.gz")), *sorted((data / "own").glob("*.jsonl"))]
    if not files:
        raise FileNotFoundError(f"no train/*.jsonl.gz or own/*.jsonl under {data}")
    return [row for path in files for row in read_rows(path)]
