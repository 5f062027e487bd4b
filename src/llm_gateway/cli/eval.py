"""`llm-gateway eval`."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

EX_CONFIG = 78


def evaluate(
    files: Annotated[list[Path], typer.Argument(help="JSON-lines files, plain or .gz.")],
    policy: Annotated[Path | None, typer.Option(help="Policy file; without it the default policy.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Measure the detectors on labelled texts.

    Each line is {"source","label","surface","text"}, label 1 = attack, 0 = clean, 2 = a harmful
    request without any attack (reported apart). Printed per source and overall: AUC, the share of
    attacks found at 0.1, 0.5, 1 and 5 % false positives, and accuracy, false and true positive
    rates at the thresholds that are shipped.

    \b
        llm-gateway eval traffic.jsonl attacks.jsonl.gz --json

    Exit status: 0, or 78 when a file or the policy is wrong.
    """
    from llm_gateway.app.evaluation import LabelError, read_labelled, report, score
    from llm_gateway.app.scanner import LocalScanner
    from llm_gateway.ports.startup import CannotStart

    try:
        scanner = LocalScanner(policy)
        items = [item for file in files for item in read_labelled(file)]
    except (LabelError, CannotStart) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(EX_CONFIG) from None
    if not items:
        typer.echo("The files hold no labelled texts.", err=True)
        raise typer.Exit(EX_CONFIG)
    with _progress(len(items)) as tick:
        figures = report(score(scanner, items, tick))
    typer.echo(orjson.dumps(figures, option=orjson.OPT_INDENT_2).decode()) if json else _table(figures)


def _progress(total: int) -> Any:
    """A progress bar on standard error, so that the output can be piped."""
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import Progress

    @contextmanager
    def shown() -> Any:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Scanning", total=total)
            yield lambda: progress.advance(task)

    return shown()


def _table(figures: dict[str, dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Detection, attacks against clean texts")
    for heading in ("source", "n", "AUC", "TPR@0.1%", "@0.5%", "@1%", "@5%", "accuracy", "FPR", "TPR", "ms"):
        table.add_column(heading, justify="left" if heading == "source" else "right")
    for source, row in figures.items():
        rates = row["tpr_at_fpr"].values()
        cells = (row["n"], row["auc"], *rates, row["accuracy"], row["fpr"], row["tpr"], row["ms_per_item"])
        table.add_row(source, *("-" if cell is None else f"{cell:g}" for cell in cells))
    Console().print(table)
