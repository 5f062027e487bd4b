"""`llm-gateway selftest`."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from llm_gateway.app.selftest import Cell

LEAKED = 1


def selftest(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the page for docs/coverage.md.")
    ] = False,
) -> None:
    """Prove the coverage: canaries through every surface, streamed or not, at every position.

    A marked injection, card number and secret are sent through this build's real wire formats,
    detectors, policy, masking and streams, to a simulated provider; nothing leaves this process.

    Exit status: 0 when every canary was stopped or masked, 1 when one leaked.
    """
    from llm_gateway.app.selftest import Outcome, page, run

    async def collect() -> "list[Cell]":
        return [cell async for cell in run()]

    cells = asyncio.run(collect())
    leaked = [cell for cell in cells if cell.outcome is Outcome.LEAKED]
    if json:
        _print_json(cells)
    elif markdown:
        typer.echo(page(cells), nl=False)
    else:
        _print_table(cells)
        sent = sum(cell.outcome is not Outcome.ABSENT for cell in cells)
        typer.echo(f"{sent} canaries sent, {len(leaked)} leaked.")
    raise typer.Exit(LEAKED if leaked else 0)


def _print_json(cells: "list[Cell]") -> None:
    from dataclasses import asdict

    import orjson

    typer.echo(orjson.dumps([asdict(cell) for cell in cells], option=orjson.OPT_INDENT_2).decode())


def _print_table(cells: "list[Cell]") -> None:
    """A line for each surface; a cell shows injection, card, secret by their first letters."""
    from rich.console import Console
    from rich.table import Table

    from llm_gateway.app.selftest import Outcome

    marks = {
        Outcome.STOPPED: "stop",
        Outcome.MASKED: "mask",
        Outcome.EXEMPT: "exempt",
        Outcome.ABSENT: "-",
        Outcome.LEAKED: "LEAK",
    }
    table = Table(title="What became of an injection / a card number / a secret")
    table.add_column("surface")
    for position in dict.fromkeys(cell.position for cell in cells):
        table.add_column(position.value, justify="center")
    for line in dict.fromkeys(cell.line for cell in cells):
        row: dict[str, list[str]] = {}
        for cell in cells:
            if cell.line == line:
                row.setdefault(cell.position, []).append(marks[cell.outcome])
        table.add_row(line, *("-" if set(found) == {"-"} else "\n".join(found) for found in row.values()))
    Console(width=max(Console().width, 150)).print(table)
