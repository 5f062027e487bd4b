"""What the administrative commands share: opening the installation, and ending with the right status.

Exit status: 0 done, 1 refused or failed, 2 wrong usage, 78 the configuration does not fit.
"""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

FAILED = 1
USAGE = 2
EX_CONFIG = 78

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Data directory of the gateway. Default data.", show_default=False),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", help="Settings file. Default llm-gateway.toml, if there.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def stop(message: str, status: int) -> NoReturn:
    """Ends the command with a message on standard error."""
    typer.echo(message, err=True)
    raise typer.Exit(status)


@contextmanager
def installation(config: Path | None, data: Path | None, *, create: bool = False) -> Iterator[Any]:
    """The settings and the opened installation. Turns every expected error into an exit status."""
    from llm_gateway.app.installation import DATABASE_FILE, opened
    from llm_gateway.domain.errors import GatewayError
    from llm_gateway.ports.startup import CannotStart
    from llm_gateway.settings import SettingsError, load

    try:
        settings = load(config, data_dir=data)
        if not create and not (settings.data_dir / DATABASE_FILE).exists():
            stop(
                f"There is no installation in {settings.data_dir}. Name its directory with --data, or make "
                "one with: llm-gateway serve",
                FAILED,
            )
        with opened(settings) as found:
            yield settings, found
    except (SettingsError, CannotStart) as error:
        stop(str(error), EX_CONFIG)
    except GatewayError as error:
        stop(error.message, FAILED)


def actor() -> Any:
    """The person at the terminal, as audit events name them."""
    from llm_gateway.control import Actor

    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return Actor(f"cli:{name}", "terminal")


def print_json(value: Any) -> None:
    import orjson

    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
