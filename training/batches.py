"""Pieces as token ids, in batches of similar length."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.encoder import LIMIT
from training.pieces import Piece

TOKENS_PER_BATCH = 1536
LARGEST_BATCH = 32
"""Small batches: with few passes over the data, more steps are worth more than smoother ones."""

POOL = 1024
"""Pieces sorted by length among themselves, so that order stays random at large."""


class Batch(NamedTuple):
    input_ids: Tensor
    attention_mask: Tensor
    targets: Tensor
    weights: Tensor


class Encoded(NamedTuple):
    ids: list[int]
    target: int
    weight: float


def encode(pieces: Sequence[Piece], tokenizer: Tokenizer) -> list[Encoded]:
    """`[CLS] marker tokens [SEP]`: the marker says whether the user typed the text or a third party did."""
    markers = [marker(tokenizer, False), marker(tokenizer, True)]
    encodings = tokenizer.encode_batch([piece.text for piece in pieces], add_special_tokens=False)
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    return [
        Encoded(
            [first, markers[piece.third_party], *found.ids[: LIMIT - 3], last], piece.target, piece.weight
        )
        for piece, found in zip(pieces, encodings, strict=True)
    ]


def marker(tokenizer: Tokenizer, third_party: bool) -> int:
    """The word that stands before every window and says where it came from."""
    return int(tokenizer.token_to_id("document" if third_party else "user"))


def batches(rows: Sequence[Encoded], random: Random) -> list[list[Encoded]]:
    """All rows in random order, grouped so that little is padding."""
    shuffled = random.sample(rows, len(rows))
    groups = []
    for start in range(0, len(shuffled), POOL):
        groups += _grouped(sorted(shuffled[start : start + POOL], key=lambda row: len(row.ids)))
    random.shuffle(groups)
    return groups


def _grouped(rows: Sequence[Encoded]) -> list[list[Encoded]]:
    groups: list[list[Encoded]] = []
    current: list[Encoded] = []
    for row in rows:
        if current and (
            len(current) >= LARGEST_BATCH or len(row.ids) * (len(current) + 1) > TOKENS_PER_BATCH
        ):
            groups.append(current)
            current = []
        current.append(row)
    return [*groups, current] if current else groups


def collate(rows: Sequence[Encoded]) -> Batch:
    """Rows padded to the longest of them."""
    width = max(len(row.ids) for row in rows)
    ids = torch.zeros((len(rows), width), dtype=torch.long)
    for index, row in enumerate(rows):
        ids[index, : len(row.ids)] = torch.tensor(row.ids)
    mask = (torch.arange(width) < torch.tensor([len(row.ids) for row in rows]).unsqueeze(1)).long()
    targets = torch.tensor([row.target for row in rows])
    return Batch(ids, mask, targets, torch.tensor([row.weight for row in rows]))
