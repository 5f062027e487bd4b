"""`python -m training all --data DIR --out DIR`, or one of the steps by name."""

import argparse
import logging
from pathlib import Path

from rich.console import Console

from training.settings import THREADS
from training.steps import Workshop

STEPS = ("screen", "encoder", "export", "calibrate", "evaluate", "all")


def main() -> None:
    options = _options()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    _limit_threads(options.threads)
    shop = Workshop(options.data, options.out)
    if options.step == "all":
        for step in (shop.screen, shop.encoder, shop.export, shop.calibrate):
            step()
    elif options.step != "evaluate":
        getattr(shop, options.step)()
    if options.step in {"evaluate", "all"}:
        _evaluate(shop)
    if options.install:
        from training.export import copy_weights

        copy_weights(options.out, options.install)


def _evaluate(shop: Workshop) -> None:
    from training.evaluate import held_out_table

    Console(width=150).print(held_out_table(shop))


def _limit_threads(count: int) -> None:
    import torch

    torch.set_num_threads(count)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and own/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and weights")
    parser.add_argument("--install", type=Path, help="copy the finished weights into this folder")
    parser.add_argument("--threads", type=int, default=THREADS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
