"""Hostile megabytes against every rule: the slowest, with its text.

    python -m benchmarks.pii.fuzz [--size 1000000] [--cap 1.0]

Each rule meets its own positive samples, whole and cut, repeated to the given size, and rows of
digits, letters and signs. Exits 1 when a rule alone needs more than `cap` seconds of processor time.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator

from llm_gateway.guard.detectors.pii.detector import RULES as PII
from llm_gateway.guard.detectors.rules import Rule, RuleBook
from llm_gateway.guard.detectors.secrets.detector import RULES as SECRETS
from llm_gateway.guard.detectors.secrets.formats import FORMATS
from llm_gateway.guard.detectors.secrets.shape import example

ROWS = (
    "1",
    "12 ",
    "1.",
    "1-",
    "a",
    "aB3",
    "0x",
    "eyJ",
    "=",
    "-----BEGIN PRIVATE KEY-----A",
    "é",
    "邮",
    "\\n",
    "@a.",
    "://:@",
)


def hostile(rule: Rule, at: int, size: int) -> Iterator[str]:
    pieces = list(rule.positives)
    if not pieces:
        chance = random.Random(at)
        form = FORMATS[at]
        token = example(form.shape, chance.choice, chance.randint)
        word = form.words.terms[0] if form.words else ""
        pieces = [f"{word} key {token} "]
    for piece in pieces[:2]:
        for part in (piece, piece[:-1], piece[: len(piece) // 2], piece + " "):
            if part:
                yield part * (size // len(part))
    head = pieces[0] + " "
    for row in ROWS:
        yield head + row * (size // len(row))


def main() -> None:
    options = argparse.ArgumentParser(description="Hostile megabytes against every rule.")
    options.add_argument("--size", type=int, default=1_000_000)
    options.add_argument("--cap", type=float, default=1.0)
    given = options.parse_args()
    worst: list[tuple[float, str, str]] = []
    for at, rule in enumerate((*SECRETS, *PII)):
        book = RuleBook([rule])
        for text in hostile(rule, at, given.size):
            begin = time.process_time()
            book.find(text)
            worst.append((time.process_time() - begin, f"{rule.category} {rule.name}", text[:60]))
    worst.sort(reverse=True)
    for seconds, rule_name, start in worst[:25]:
        print(f"{seconds:7.3f} s  {rule_name:32} {start!r}")
    sys.exit(worst[0][0] > given.cap)


if __name__ == "__main__":
    main()
