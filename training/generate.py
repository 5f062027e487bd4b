"""Rows of our own making: planted attacks and their clean counterparts, typed attacks, disguises."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import NamedTuple

from training.carriers import around
from training.characters import disguise
from training.phrases import fill, goal, lines, tagged
from training.pieces import Piece
from training.rows import Row

DISGUISED = 0.07
"""Share of pieces that also appear under a character attack, in both classes alike."""


ASKS = 0.3
"""Share of planted attacks that are an ordinary request where a document should go on."""

TYPED = 0.25
"""Share of planted attacks that are a typed attack moved into a document."""


class Material(NamedTuple):
    """What planted rows are made of: clean paragraphs, ordinary requests, short typed attacks."""

    paragraphs: Sequence[str]
    asks: Sequence[str]
    attacks: Sequence[str]


def planted(material: Material, random: Random, count: int) -> Iterator[Row]:
    """Attacks in clean surroundings, each with a clean twin, mostly with the same wish between people."""
    for number in range(count):
        around_it = random.sample(material.paragraphs, random.choice((0, 1, 1, 2, 2, 3)))
        attack, notice = _attack_and_notice(material, random)
        yield _row(attack, around_it, random, label=1, name=f"attack:{number}")
        kept = notice if random.random() < 0.8 or not around_it else None
        yield _row(kept, around_it, random, label=0, name=f"clean:{number}")


def _attack_and_notice(material: Material, random: Random) -> tuple[str, str]:
    kind = random.random()
    if kind < ASKS:
        return _interruption(random.choice(material.asks), random)
    attack, notice = _instruction(random)
    return (random.choice(material.attacks) if kind < ASKS + TYPED else attack), notice


def _instruction(random: Random) -> tuple[str, str]:
    """A goal as an instruction to the model, and the same goal between people."""
    wish, (_, wording) = goal(random), random.choice(tagged("wrappers"))
    return fill(wording, random, goal=wish), fill(random.choice(lines("notices")), random, goal=wish)


def _interruption(ask: str, random: Random) -> tuple[str, str]:
    """A request that interrupts, and the same request as part of a document."""
    attack, quoted = random.choice(lines("interruptions")), random.choice(lines("questions"))
    return attack.replace("{ask}", ask), fill(quoted, random, ask=ask)


def _row(text: str | None, paragraphs: Sequence[str], random: Random, label: int, name: str) -> Row:
    body, start, end = around(text, paragraphs, random)
    kind = "indirect" if label else "hard_negative"
    return Row(
        name,
        "generated/planted",
        "en",
        "tool_result",
        label,
        kind,
        body,
        start=start if label else -1,
        end=end,
    )


def typed(harmful: Sequence[str], harmless: Sequence[str], random: Random, count: int) -> Iterator[Row]:
    """What users type: take-overs, framed questions, and harmless texts with the same words or frames."""
    for text in lines("direct"):
        yield _user(text, 1, "injection")
    for text in lines("trigger_words"):
        yield _user(text, 0, "hard_negative")
    for lang, kind, text in tagged("languages"):
        yield _user(text, 0 if kind == "b" else 1, "jailbreak" if kind == "j" else "injection", lang)
    for _ in range(count):
        yield _user(fill_frame(random, random.choice(harmful)), 1, "jailbreak")
        yield _user(goal(random)[:1].upper() + goal(random)[1:], 0, "hard_negative")
        yield _mixed(harmless, random)


def fill_frame(random: Random, ask: str) -> str:
    """A harmful question in one of the frames that try to get it answered."""
    frame = random.choice(lines("jailbreaks"))
    return frame.replace("{ask}", ask).replace("{Ask}", ask)


def _mixed(harmless: Sequence[str], random: Random) -> Row:
    """An ordinary message that goes on with an attack, or with one more ordinary sentence."""
    first = random.choice(harmless)
    if random.random() < 0.5:
        return _user(_joined(first, random.choice(lines("direct")), random), 1, "injection")
    return _user(_joined(first, random.choice(lines("trigger_words")), random), 0, "hard_negative")


def _joined(first: str, second: str, random: Random) -> str:
    parts = [first, second] if random.random() < 0.7 else [second, first]
    return random.choice((" ", "\n", "\n\n")).join(parts)


def _user(text: str, label: int, kind: str, lang: str = "en") -> Row:
    return Row(text[:24], "generated/typed", lang, "user", label, kind if label else "hard_negative", text)


def disguised(pieces: Sequence[Piece], random: Random) -> list[Piece]:
    """Copies of some pieces under character attacks, as many of clean ones as of attacks."""
    chosen = random.sample(pieces, int(len(pieces) * DISGUISED))
    return [
        replace(piece, text=disguise(piece.text[:160], random), weight=0.6)
        for piece in chosen
        if _readable(piece)
    ]


def _readable(piece: Piece) -> bool:
    return len(re.findall(r"[a-zA-Z]", piece.text)) > len(piece.text) / 2
