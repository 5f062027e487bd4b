"""`llm-gateway scan`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from llm_gateway.domain.scan import ScanSurface

UNSAFE = 1
EX_CONFIG = 78


def scan(
    text: Annotated[str | None, typer.Argument(help="The text, or - for standard input.")] = None,
    surface: Annotated[ScanSurface, typer.Option(help="Where the text would stand.")] = ScanSurface.USER,
    policy: Annotated[Path | None, typer.Option(help="Policy file; without it the default policy.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"id","text","surface"} from standard input.')
    ] = False,
) -> None:
    """Judge a text with the gateway's detectors and rules, here in this process.

    Nothing is sent anywhere and no server is needed.

    \b
        llm-gateway scan "Ignore all previous instructions"
        cat page.html | llm-gateway scan - --surface document --json
        llm-gateway scan --jsonl < texts.jsonl > verdicts.jsonl

    Exit status: 0 when the text is safe, 1 when a rule blocks it, 2 for wrong usage, 78 for a policy
    file that is wrong. With --jsonl: 0 when every line could be judged, 1 otherwise.
    """
    from llm_gateway.app.scanner import LocalScanner, document
    from llm_gateway.ports.startup import CannotStart

    if jsonl == (text is not None):
        raise typer.BadParameter("give either a text (or -) or --jsonl")
    try:
        scanner = LocalScanner(policy)
    except CannotStart as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(EX_CONFIG) from None
    if jsonl:
        raise typer.Exit(0 if _lines(scanner, sys.stdin.buffer) else 1)
    scanned = scanner.scan(sys.stdin.read() if text == "-" else text or "", surface)
    _print(document(scanned), as_json=json)
    raise typer.Exit(0 if scanned.verdict.is_safe else UNSAFE)


def _lines(scanner: Any, lines: Iterable[bytes]) -> bool:
    """Judges line by line; whether all could be judged. A bad line is answered, never skipped."""
    good = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        answer = _judge(scanner, line, number)
        good = good and "error" not in answer
        sys.stdout.buffer.write(orjson.dumps(answer) + b"\n")
        sys.stdout.buffer.flush()
    return good


def _judge(scanner: Any, line: bytes, number: int) -> dict[str, object]:
    from llm_gateway.app.scanner import document

    try:
        item = orjson.loads(line)
        text, surface = item["text"], ScanSurface(item.get("surface") or "user")
    except orjson.JSONDecodeError:
        return {"id": None, "error": f"line {number} is not JSON"}
    except (KeyError, TypeError, AttributeError):
        return {"id": None, "error": f'line {number} is not an object with "text"'}
    except ValueError:
        known = ", ".join(surface.value for surface in ScanSurface)
        return {"id": item.get("id"), "error": f"line {number}: surface must be one of {known}"}
    if not isinstance(text, str):
        return {"id": item.get("id"), "error": f'line {number}: "text" must be a string'}
    return {"id": item.get("id"), **document(scanner.scan(text, surface))}


def _print(answer: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
        return
    rule = f" by rule {answer['violated_rule']}: {answer['reason']}" if answer["violated_rule"] else ""
    typer.echo(f"{answer['verdict']}{rule} (risk {answer['risk_score']:.2f})")
    for found in answer["findings"]:
        where = f"{found['start']}-{found['end']}"
        typer.echo(
            f"  {found['detector']}.{found['category']}  {found['score']:.2f}  at {where}  {found['reason']}"
        )
