"""Latency of the structured detectors, and false alarms of the secrets detector.

    python -m benchmarks.pii [--texts FILE.jsonl] [--code DIR ...]

Latency is processor time of one thread. False alarms are counted over Python, JSON and markdown
files of the standard library and the installed packages, or of the folders given.
"""

import argparse
import json
import statistics
import sysconfig
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from llm_gateway.domain.text import Provenance, Segment
from llm_gateway.guard.detector import Detector, Reading
from llm_gateway.guard.detectors.pii import PiiDetector
from llm_gateway.guard.detectors.secrets import SecretsDetector

MESSAGE = (
    "Hi team, could you look at the attached numbers before Thursday? Revenue in the north grew by 4.2 % "
    "to 1,204,000 while the south lost 3 accounts (two in retail, one in energy). I would like to move the "
    "review to 10:30 in room 204, so that Priya can join from Bangalore. Write to me at "
    "j.larsen@harbour.example.org or call +47 22 85 50 50 if that does not work. The draft is version 2.13 "
    "and 48 pages long; please comment in the file, not by mail. Order 2024-11-0093 has been paid. "
)
SUFFIXES = frozenset({".py", ".json", ".md", ".txt", ".cfg", ".toml"})
LARGEST = 3_000_000


def seconds(detectors: Sequence[Detector], text: str) -> float:
    begin = time.process_time()
    reading = Reading(Segment((), text, Provenance.USER))
    for detector in detectors:
        list(detector.find(reading))
    return time.process_time() - begin


def latency(texts: Sequence[str]) -> None:
    pii, secrets = PiiDetector(), SecretsDetector()
    for name, detectors in (("pii", [pii]), ("secrets", [secrets]), ("both", [pii, secrets])):
        for text in texts[:20]:
            seconds(detectors, text)
        taken = sorted(seconds(detectors, text) for text in texts for _ in range(5))
        print(
            f"{name:8} {len(texts)} texts of {round(statistics.mean(map(len, texts)))} characters: "
            f"p50 {statistics.median(taken) * 1e3:.3f} ms, p95 {taken[int(len(taken) * 0.95)] * 1e3:.3f} ms"
        )
    million = (" ".join(texts) * (1_000_000 // max(1, sum(map(len, texts))) + 1))[:1_000_000]
    print(f"1,000,000 characters, both: {min(seconds([pii, secrets], million) for _ in range(3)):.3f} s")


def messages(path: Path | None) -> list[str]:
    """2,000-character messages: of the file given, else one that repeats itself."""
    if path is None:
        return [(MESSAGE * 5)[:2000]] * 50
    joined = "\n".join(json.loads(line)["text"] for line in path.open())
    return [joined[at : at + 2000] for at in range(0, min(len(joined), 400_000) - 2000, 2000)]


def files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES and path.is_file() and path.stat().st_size < LARGEST:
                yield path


def false_alarms(folders: Sequence[Path]) -> None:
    detector = SecretsDetector()
    lines, alarms = 0, Counter[str]()
    for path in files(folders):
        text = path.read_text(errors="replace")
        lines += text.count("\n")
        reading = Reading(Segment((), text, Provenance.USER))
        alarms.update(finding.category for finding in detector.find(reading))
    total = alarms.total()
    rate = total / max(1, lines) * 1e4
    print(f"secrets in {lines:,} lines of code: {total} findings, {rate:.3f} per 10,000 lines")
    print("  " + ", ".join(f"{category} {count}" for category, count in alarms.most_common()))


def main() -> None:
    options = argparse.ArgumentParser(
        description="Latency of the structured detectors, false alarms of secrets."
    )
    options.add_argument("--texts", type=Path)
    options.add_argument("--code", type=Path, nargs="*")
    given = options.parse_args()
    latency(messages(given.texts))
    places = {sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")}
    false_alarms(given.code if given.code is not None else [Path(place) for place in places])


if __name__ == "__main__":
    main()
