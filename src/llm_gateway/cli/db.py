"""`llm-gateway db`."""

from pathlib import Path
from typing import Annotated

import typer

from llm_gateway.cli.office import EX_CONFIG, Config, Data, Json, installation, print_json, stop

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def db() -> None:
    """The database of an installation."""


@app.command()
def migrate(json: Json = False, data: Data = None, config: Config = None) -> None:
    """Bring the database to the schema of this version.

    The gateway does this itself when it starts, except for steps that an older gateway beside it
    would not survive; those are done here only. Make a backup and stop all gateways first.

    Exit status: 0 done or nothing to do, 1 when the database cannot be used, 78 when it was made by a
    newer version or the configuration does not fit.
    """
    from llm_gateway.app.installation import DATABASE_FILE
    from llm_gateway.domain.errors import GatewayError
    from llm_gateway.ports.clock import SystemClock
    from llm_gateway.ports.startup import CannotStart
    from llm_gateway.settings import SettingsError, load
    from llm_gateway.stores.sqlite import Database
    from llm_gateway.stores.sqlite import migrate as run

    try:
        path = load(config, data_dir=data).data_dir / DATABASE_FILE
        database = Database(path)
        try:
            applied = run(database, SystemClock(), manual=True)
        finally:
            database.close()
    except (SettingsError, CannotStart) as error:
        stop(str(error), EX_CONFIG)
    except GatewayError as error:
        stop(error.message, 1)
    if json:
        print_json({"database": str(path), "applied": [step.version for step in applied]})
    else:
        steps = ", ".join(f"{step.version} {step.name}" for step in applied)
        typer.echo(f"{path}: applied {steps}" if steps else f"{path}: nothing to do")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="New file for the copy.")],
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Copy the database as it is at one moment, while the gateway goes on.

    The copy is worth nothing without master.key and pepper.key; keep those apart from it. To restore,
    stop the gateway, put the copy in the place of gateway.db, and remove gateway.db-wal and
    gateway.db-shm.

    Exit status: 0 done, 1 when the copy cannot be written, 78 when the configuration does not fit.
    """
    from llm_gateway.stores.sqlite.backup import backup as run

    with installation(config, data) as (_, opened):
        run(opened.database, file)
    size = file.stat().st_size
    print_json({"file": str(file), "bytes": size}) if json else typer.echo(f"{file}: {size} bytes")
