"""`llm-gateway serve`."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

EX_CONFIG = 78


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on; 0 picks a free one. Default 8000.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Data directory: database, keys, records. Default data.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings file. Default llm-gateway.toml, if there.")
    ] = None,
    workers: Annotated[
        int, typer.Option(help="Worker processes; more than one needs Postgres and Redis.", min=1)
    ] = 1,
) -> None:
    """Run the gateway until Ctrl+C or SIGTERM; running requests finish first.

    The first start creates the data directory, the master key, the pepper and a key for the
    built-in demo provider, and prints what to paste. Every setting can also come from the settings
    file or the environment (LLM_GATEWAY_…); docs/settings.md lists them.

    Exit status: 0 after an orderly stop, 78 when the configuration does not fit, 1 when the address
    cannot be had.
    """
    import uvloop

    from llm_gateway.app.serving import serve as run
    from llm_gateway.app.welcome import welcome
    from llm_gateway.ports.startup import CannotStart
    from llm_gateway.settings import SettingsError, load

    if workers > 1:
        _stop(
            "More than one worker needs Postgres and Redis, which this version has not; use --workers 1.",
            EX_CONFIG,
        )
    try:
        settings = load(config, host=host, port=port, data_dir=data)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(run(settings, lambda started: print(welcome(started), flush=True)))
    except (SettingsError, CannotStart) as error:
        _stop(str(error), EX_CONFIG)
    except OSError as error:
        _stop(f"Cannot listen: {error.strerror or error}. Choose another --host or --port.", 1)


def _stop(message: str, status: int) -> None:
    print(message, file=sys.stderr)
    raise typer.Exit(status)
