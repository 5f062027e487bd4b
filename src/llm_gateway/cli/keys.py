"""`llm-gateway keys`."""

import asyncio
import os
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from llm_gateway.cli.office import USAGE, Config, Data, Json, actor, installation, print_json, stop

KEY_VARIABLE = "LLM_GATEWAY_PROVIDER_KEY"

Kid = Annotated[str, typer.Argument(metavar="KID", help="Key id, as `keys list` shows it.")]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def keys() -> None:
    """Gateway keys: what applications use instead of provider keys.

    The commands work on the data directory itself, whether the gateway runs or not; a running one
    follows within a second.

    Exit status: 0 done, 1 refused or failed, 2 wrong usage, 78 when the configuration does not fit
    (such as a wrong master key).
    """


@app.command()
def create(  # noqa: PLR0917 - typer declares options as parameters
    provider: Annotated[
        str,
        typer.Option(help="openai, openrouter, anthropic, gemini, xai, openai_compatible, demo, …"),
    ],
    model: Annotated[str, typer.Option(envvar="MODEL", help="Model that the provider is asked for.")],
    base_url: Annotated[
        str | None,
        typer.Option(help="Address, if not the provider's usual one.", show_default=False),
    ] = None,
    name: Annotated[str, typer.Option(help="A name for people.", show_default=False)] = "",
    allow_model: Annotated[
        list[str] | None,
        typer.Option(help="A model the application may choose; repeatable. Without it the key is pinned."),
    ] = None,
    policy: Annotated[
        str | None, typer.Option(help="Policy other than the default.", show_default=False)
    ] = None,
    expires_in: Annotated[
        str | None, typer.Option(help="Lifetime, such as 12h or 30d. Default: none.", show_default=False)
    ] = None,
    refuse_politely: Annotated[
        bool,
        typer.Option(
            "--refuse-politely", help="Answer a block with status 200 and finish reason content_filter."
        ),
    ] = False,
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Create a gateway key that leads to one provider and model.

    The provider's own key comes from $LLM_GATEWAY_PROVIDER_KEY or is asked for; it is never an
    argument, because arguments show in process lists and histories. The gateway key is printed once
    and stored nowhere.

    \b
        llm-gateway keys create --provider openai --model gpt-5.5 --name checkout
        llm-gateway keys create --provider demo --model demo-simulated --json
        llm-gateway keys create --provider openai_compatible --model llama-4 \\
            --base-url http://10.0.0.5:8000/v1
    """
    from llm_gateway.control import Destination, NewKey
    from llm_gateway.control.durations import parse_duration
    from llm_gateway.domain.keys import BlockStyle

    with installation(config, data, create=True) as (settings, opened):
        lifetime = parse_duration(expires_in, "expires-in") if expires_in else None
        new = NewKey(
            Destination(provider, _provider_key(provider), base_url),
            model,
            models=tuple(allow_model or ()),
            name=name,
            policy=policy,
            block_style=BlockStyle.REFUSAL if refuse_politely else BlockStyle.ERROR,
            expires_at=opened.clock.now() + lifetime if lifetime is not None else None,
        )
        issued = asyncio.run(_desk(settings, opened).create(actor(), new))
    _hand_over(issued, json)


@app.command("list")
def list_keys(json: Json = False, data: Data = None, config: Config = None) -> None:
    """Show all keys, newest first. Nothing secret is shown."""
    with installation(config, data) as (settings, opened):
        found = asyncio.run(_all(_desk(settings, opened)))
    print_json(found) if json else _table(found)


@app.command()
def show(kid: Kid, json: Json = False, data: Data = None, config: Config = None) -> None:
    """Show one key: where it leads and what holds for it."""
    with installation(config, data) as (settings, opened):
        found = asyncio.run(_desk(settings, opened).show(kid))
    print_json(found) if json else _details(found)


@app.command()
def rotate(
    kid: Kid,
    grace: Annotated[
        str, typer.Option(help="How long the old key stays good beside the new one: 0, 15m, 1h, 24h, …")
    ] = "0",
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Give a key a new secret; everything else about it stays.

    \b
        llm-gateway keys rotate 3t5qhyRgwhkn --grace 1h

    With a grace, applications can change over without an outage.
    """
    from llm_gateway.control.durations import parse_duration

    with installation(config, data) as (settings, opened):
        seconds = parse_duration(grace)
        issued = asyncio.run(_desk(settings, opened).rotate(actor(), kid, grace=seconds))
    _hand_over(issued, json)


@app.command()
def revoke(kid: Kid, json: Json = False, data: Data = None, config: Config = None) -> None:
    """End a key for good and erase the provider key that came with it.

    A running gateway refuses the key within a second. There is no way back; to pause a key, set its
    status to disabled instead (PATCH /api/dashboard/api-keys/KID).
    """
    with installation(config, data) as (settings, opened):
        found = asyncio.run(_desk(settings, opened).revoke(actor(), kid))
    print_json(found) if json else typer.echo(f"Revoked {found.kid} {found.name}".rstrip())


def _desk(settings: Any, opened: Any) -> Any:
    from llm_gateway.control import ControlDeps, Keys

    async def vet(url: str) -> object:
        from llm_gateway.upstream.egress import vet_base_url

        return await vet_base_url(url, settings.egress_allow)

    def policy_known(name: str) -> bool:
        from llm_gateway.app.policies import default_name, holds

        return holds(opened, default_name(settings), name)

    return Keys(
        ControlDeps(
            store=opened.keys, vault=opened.vault, vet=vet, clock=opened.clock, policy_known=policy_known
        )
    )


async def _all(desk: Any) -> list[Any]:
    found: list[Any] = []
    while page := await desk.list(limit=200, after=found[-1].kid if found else None):
        found += page
    return found


def _provider_key(provider_id: str) -> Any:
    """From the environment, else typed unseen; None for providers that need none."""
    from llm_gateway.domain.secret import Secret
    from llm_gateway.providers import BY_ID, Auth

    provider = BY_ID.get(provider_id)
    usual = provider.key_variable if provider else ""
    if given := os.environ.get(KEY_VARIABLE) or os.environ.get(usual):
        return Secret(given)
    if provider is None or provider.auth is Auth.NONE or (provider.key_optional and not sys.stdin.isatty()):
        return None
    if not sys.stdin.isatty():
        stop(f"Set {KEY_VARIABLE} to the API key of {provider.title}; there is no terminal to ask at.", USAGE)
    hint = " (empty if it needs none)" if provider.key_optional else f" ({provider.key_page})"
    default = "" if provider.key_optional else None
    typed = typer.prompt(
        f"API key of {provider.title}{hint}", default=default, hide_input=True, show_default=False, err=True
    )
    return Secret(typed)


def _hand_over(issued: Any, json: bool) -> None:
    from dataclasses import asdict

    token = issued.token.reveal()
    if json:
        print_json({"gateway_key": token, **asdict(issued.key)})
        return
    typer.echo(token)
    typer.echo(f"Shown this once; store it safely. Key id {issued.key.kid}.", err=True)
    if issued.key.previous_until is not None:
        typer.echo(f"The old key stays good until {_time(issued.key.previous_until)}.", err=True)


def _table(found: list[Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    if not found:
        typer.echo("No keys yet. Create one with: llm-gateway keys create --help")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("kid", "name", "ends", "status", "provider", "model", "created", "expires"):
        table.add_column(heading, overflow="fold", no_wrap=heading not in ("name", "model"))
    for key in found:
        cells = (key.kid, key.name, key.last4, key.status.value, key.provider or "-", key.model or "-")
        table.add_row(*cells, _time(key.created_at)[:10], _time(key.expires_at)[:10])
    Console().print(table, markup=False)


def _details(key: Any) -> None:
    from dataclasses import asdict

    for field, value in asdict(key).items():
        typer.echo(f"{field:14} {_written(field, value)}")


def _written(field: str, value: Any) -> str:
    if field == "models":
        return ", ".join(value) or "pinned to model"
    if field.endswith(("_at", "_until")):
        return _time(value)
    if field == "alternatives":
        return ", ".join(f"{one['provider']} {one['model']} (tier {one['tier']})" for one in value) or "none"
    return "-" if value is None else str(value)


def _time(seconds: float | None) -> str:
    return "-" if seconds is None else datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")
