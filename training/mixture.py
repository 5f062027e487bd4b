"""Which pieces a round trains on, and how many of each kind."""

from collections import defaultdict
from dataclasses import replace
from random import Random

from llm_gateway.guard.injection.screen import Screen
from training.generate import Material, disguised, planted, typed
from training.pieces import Piece, pieces_of
from training.rows import Row
from training.spans import Carriers, locate_in_pairs
from training.split import held_out

AS_TYPED = 0.25
"""Share of third-party texts shown as if the user had pasted them."""

GOAL_ONLY = ("PIArena", "BIPIA", "TaskTracker")
"""Sources whose attacks are plain requests: attacks only because a document makes them."""

POOL = {
    "benign_user": 3500,
    "benign_document": 1800,
    "hard_negative": 2800,
    "injection_direct": 2000,
    "injection_multilingual": 700,
    "injection_obfuscated": 500,
    "jailbreak_inthewild": 600,
    "jailbreak_generated": 900,
    "jailbreak_framed": 500,
    "indirect_composed": 3200,
    "harmful_request": 1000,
}
"""Rows taken from each file of the pool; `own/` is taken whole."""


def pool_pieces(rows: list[Row], random: Random, share: float = 1.0) -> list[Piece]:
    """Pieces of the pool and of the original texts, without anything held out."""
    rows = [row for row in rows if not held_out(row)]
    own = locate_in_pairs([row for row in rows if row.own])
    chosen = own + _sample_pool([row for row in rows if not row.own], random, share)
    return [_as_typed(piece, random) for row in chosen for piece in pieces_of(row, random)]


def generated_pieces(rows: list[Row], random: Random, count: int) -> list[Piece]:
    """`count` planted attacks with clean twins, and typed texts in proportion, from clean training rows."""
    rows = [row for row in rows if not held_out(row)]
    harmful = [row.text for row in rows if row.label == 2]
    harmless = [
        row.text for row in rows if row.file == "benign_user" and row.lang == "en" and len(row.text) < 300
    ]
    material = Material(
        paragraphs=_paragraphs(rows, random),
        asks=[text for text in harmless if 20 <= len(text) <= 140],
        attacks=[row.text for row in rows if row.kind == "injection" and 15 <= len(row.text) <= 180],
    )
    made = [*planted(material, random, count), *typed(harmful, harmless, random, count // 5)]
    return [_as_typed(piece, random) for row in made for piece in pieces_of(row, random)]


def _paragraphs(rows: list[Row], random: Random) -> list[str]:
    """Paragraphs of clean third-party rows, short enough that several fit into a window."""
    clean = [row for row in rows if row.label == 0 and row.third_party and (row.own or row.lang == "en")]
    found = {
        part.strip() for row in clean for part in row.text.split("\n\n") if 30 <= len(part.strip()) <= 220
    }
    return random.sample(sorted(found), len(found))


def round_pieces(rows: list[Row], seed: int, share: float, planted_count: int) -> list[Piece]:
    """Everything one round trains on: pool, original texts, generated rows, disguises of all of them."""
    random = Random(seed)
    pieces = pool_pieces(rows, random, share)
    if planted_count:
        pieces += generated_pieces(rows, random, planted_count)
        pieces += disguised(pieces, random)
    return pieces


def hard_pieces(pieces: list[Piece], screen: Screen, random: Random, count: int) -> list[Piece]:
    """Of the clean pieces and of the attacks half of the `count` that the screen judges worst.

    Some of the worst are wrong labels, hence not all of them are taken.
    """
    scored = sorted(pieces, key=lambda piece: screen.score(piece.text, piece.third_party))
    pooled = [piece for piece in scored if not piece.source.startswith("generated/")]
    attacks = [piece for piece in pooled if piece.target in (1, 2)][:count]
    clean = [piece for piece in pooled if piece.target == 0][-count:]
    return random.sample(attacks, len(attacks) // 2) + random.sample(clean, len(clean) // 2)


def _sample_pool(rows: list[Row], random: Random, share: float) -> list[Row]:
    carriers = Carriers(row for row in rows if row.label == 0 and row.third_party)
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.file].append(row)
    chosen = []
    for name, count in POOL.items():
        usable = [row for row in _located(groups[name], carriers) if _certain(row)]
        chosen += random.sample(usable, min(int(count * share), len(usable)))
    return chosen


def _located(rows: list[Row], carriers: Carriers) -> list[Row]:
    return [carriers.locate(row) if row.kind == "indirect" else row for row in rows]


def _certain(row: Row) -> bool:
    return row.kind != "indirect" or row.start >= 0 or len(row.text.encode()) <= 500


def _as_typed(piece: Piece, random: Random) -> Piece:
    plain_request = any(name in piece.source for name in GOAL_ONLY)
    if piece.third_party and not plain_request and random.random() < AS_TYPED:
        return replace(piece, third_party=False)
    return piece
