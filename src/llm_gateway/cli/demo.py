"""`llm-gateway demo`."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from llm_gateway.cli.tour import Heard, Step

DEFAULT_URL = "http://127.0.0.1:8000"


def demo(
    url: Annotated[str, typer.Option(help="Address of the running gateway.")] = DEFAULT_URL,
    key: Annotated[
        str | None,
        typer.Option(
            envvar="LLM_GATEWAY_KEY",
            help="Gateway key on the demo provider. Default: the one in the data directory.",
        ),
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Data directory of the gateway. Default data.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Walk a scripted tour against the running gateway and show each verdict.

    A harmless question, a jailbreak, an injection hidden in a tool result, a card number that is
    masked and restored, a leaked secret, a stream, and answers that leak. The answers come from
    the built-in demo provider, which is a simulation: nothing leaves this machine.

        llm-gateway serve &
        llm-gateway demo

    Exit status: 0 when every step got the expected verdict, 1 otherwise.
    """
    from llm_gateway.cli.tour import TourFailed, steps, take

    try:
        token = key or _demo_key(data)
        taken = [(step, take(step, url.rstrip("/"), token)) for step in steps()]
    except TourFailed as failed:
        typer.echo(str(failed), err=True)
        raise typer.Exit(1) from None
    _print_json(taken) if json else _print_table(taken)
    raise typer.Exit(0 if all(step.passed(heard) for step, heard in taken) else 1)


def _demo_key(data: Path | None) -> str:
    from llm_gateway.app.demo_key import DEMO_KEY_FILE
    from llm_gateway.cli.tour import TourFailed
    from llm_gateway.settings import SettingsError, load

    try:
        file = load(None, data_dir=data).data_dir / DEMO_KEY_FILE
        return file.read_text("ascii").strip()
    except SettingsError as error:
        raise TourFailed(str(error)) from None
    except OSError:
        raise TourFailed(
            f"There is no demo key at {file}. Start the gateway first, name its data directory with "
            "--data, or give a gateway key with --key."
        ) from None


def _print_json(taken: "list[tuple[Step, Heard]]") -> None:
    import orjson

    rows = [
        {"step": step.title, "expected": step.verdict, "passed": step.passed(heard), **asdict(heard)}
        for step, heard in taken
    ]
    document = {"passed": all(row["passed"] for row in rows), "steps": rows}
    typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())


def _print_table(taken: "list[tuple[Step, Heard]]") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="LLM Security Gateway: a tour, answered by a simulation")
    for heading in ("step", "what was sent", "expected", "verdict", "rule"):
        table.add_column(heading)
    table.add_column("inspection ms", justify="right")
    table.add_column("total ms", justify="right")
    table.add_column("")
    for step, heard in taken:
        colour = {"allow": "green", "flag": "yellow", "mask": "cyan", "block": "red"}.get(heard.verdict, "")
        verdict = f"[{colour}]{heard.verdict}[/]" if colour else f"status {heard.status}"
        spent = "" if heard.inspection_ms is None else f"{heard.inspection_ms:.2f}"
        mark = "[green]✓[/]" if step.passed(heard) else "[red]✗[/]"
        table.add_row(
            step.title, step.sent, step.verdict, verdict, heard.rule, spent, f"{heard.total_ms:.1f}", mark
        )
    Console(width=None if sys.stdout.isatty() else 140).print(table)
    good = sum(step.passed(heard) for step, heard in taken)
    typer.echo(f"{good} of {len(taken)} steps gave the expected verdict.")
