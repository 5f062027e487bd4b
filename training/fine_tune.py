"""Fine-tuning the encoder on pieces, with checkpoints that a stopped run continues from."""

import logging
import os
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import torch
from rich.progress import Progress
from torch.nn.functional import cross_entropy

from training.batches import Batch, batches, collate, encode
from training.encoder import Classifier, load_tokenizer
from training.pieces import Piece

log = logging.getLogger(__name__)

WARM_UP = 0.05
FLOOR = 0.05
SMOOTHING = 0.02
CHECKPOINT_EVERY = 50
"""Steps between checkpoints: a minute or two of work is lost at most."""


def fine_tune(
    pieces: Sequence[Piece], path: Path, seed: int, rate: float = 1e-4, start: Path | None = None
) -> Classifier:
    """The encoder trained once over `pieces`, from the base weights or from `start`; kept at `path`."""
    random = Random(seed)
    torch.manual_seed(seed)
    plan = batches(encode(pieces, load_tokenizer()), random)
    run = _Run(path, len(plan), rate, start)
    with Progress() as progress:
        task = progress.add_task("fine-tuning", total=len(plan), completed=run.step)
        for rows in plan[run.step :]:
            _wait_while_paused()
            loss = run.learn(collate(rows))
            progress.update(task, advance=1, description=f"fine-tuning, loss {loss:.3f}")
    run.save()
    return run.model


class _Run:
    """A model, its optimiser and how far along they are."""

    def __init__(self, path: Path, steps: int, rate: float, start: Path | None) -> None:
        self.model, self.path, self.steps, self.step, self._loss = Classifier(), path, steps, 0, 0.0
        self._rate = rate
        trained = [weight for weight in self.model.parameters() if weight.requires_grad]
        self._optimiser = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
        if path.exists():
            self._resume()
        elif start is not None:
            self.model.load_state_dict(torch.load(start, weights_only=True)["model"])
        self.model.train()

    def learn(self, batch: Batch) -> float:
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate * _schedule(self.step / self.steps)
        logits = self.model(batch.input_ids, batch.attention_mask)
        losses = cross_entropy(logits, batch.targets, reduction="none", label_smoothing=SMOOTHING)
        loss = (losses * batch.weights).sum() / batch.weights.sum()
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self._optimiser.step()
        self.step += 1
        self._loss = 0.97 * self._loss + 0.03 * loss.item() if self._loss else loss.item()
        if self.step % CHECKPOINT_EVERY == 0:
            self.save()
            log.info("step %d of %d, loss %.3f", self.step, self.steps, self._loss)
        return self._loss

    def save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "step": self.step,
        }
        fresh = self.path.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.path)

    def _resume(self) -> None:
        state = torch.load(self.path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.step = state["step"]


def _schedule(done: float) -> float:
    return done / WARM_UP if done < WARM_UP else max(FLOOR, (1 - done) / (1 - WARM_UP))


def _wait_while_paused() -> None:
    """Training stands still while the file that $TRAINING_PAUSE_FILE names exists."""
    name = os.environ.get("TRAINING_PAUSE_FILE")
    while name and Path(name).exists():
        time.sleep(2)
