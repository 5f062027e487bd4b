"""`llm-gateway accounts`."""

import asyncio
from typing import Annotated

import typer

from llm_gateway.cli.office import FAILED, Config, Data, Json, actor, installation, print_json, stop

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Url = Annotated[
    str | None,
    typer.Option("--url", help="Where browsers reach the gateway. Default public_origin, or host and port."),
]


@app.callback()
def accounts() -> None:
    """People who use the dashboard."""


@app.command("setup-link")
def setup_link(json: Json = False, url: Url = None, data: Data = None, config: Config = None) -> None:
    """Make the one-time link with which the first owner signs up; earlier links end.

    The gateway prints such a link at each start while nobody is owner. Good for a day.

    Exit status: 0 done, 1 when there is an owner already, 78 when the configuration does not fit.
    """
    from llm_gateway.app.accounts import account_deps, first_link, setup_url

    with installation(config, data) as (settings, opened), account_deps(settings, opened) as deps:
        token = asyncio.run(first_link(deps, actor()))
        if token is None:
            stop("There is an owner already. For another one: llm-gateway accounts invite owner", FAILED)
        link = setup_url(settings, url or f"http://{settings.host}:{settings.port}", token)
    print_json({"url": link}) if json else typer.echo(link)


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help="owner, admin, security, developer or auditor.")],
    *,
    email: Annotated[str, typer.Option(help="Only for this address.")] = "",
    json: Json = False,
    url: Url = None,
    data: Data = None,
    config: Config = None,
) -> None:
    """Make a one-time link for a new member, good for a week. Helps when no owner can sign in.

    Exit status: 0 done, 1 refused, 78 when the configuration does not fit.
    """
    from llm_gateway.app.accounts import account_deps, invite_url
    from llm_gateway.control.accounts import Members, checks

    with installation(config, data) as (settings, opened), account_deps(settings, opened) as deps:
        invited = asyncio.run(Members(deps).invite(actor(), checks.role(role), email))
        link = invite_url(settings, url or f"http://{settings.host}:{settings.port}", invited.token)
    print_json({"url": link}) if json else typer.echo(link)


@app.command("list")
def list_members(json: Json = False, data: Data = None, config: Config = None) -> None:
    """Who belongs to this installation.

    Exit status: 0 done, 78 when the configuration does not fit.
    """
    from llm_gateway.app.accounts import account_deps
    from llm_gateway.control.accounts import Members

    with installation(config, data) as (settings, opened), account_deps(settings, opened) as deps:
        users = asyncio.run(Members(deps).list())
    if json:
        print_json(
            [{"id": one.id, "email": one.email, "name": one.name, "role": one.role.value} for one in users]
        )
    else:
        for one in users:
            typer.echo(f"{one.id}  {one.role.value:<9}  {one.email}  {one.name}")


@app.command()
def remove(
    user_id: Annotated[str, typer.Argument(metavar="ID", help="As `accounts list` shows it.")],
    data: Data = None,
    config: Config = None,
) -> None:
    """End a membership, with all its sessions and tokens.

    Exit status: 0 done, 1 refused, 78 when the configuration does not fit.
    """
    from llm_gateway.app.accounts import account_deps
    from llm_gateway.control.accounts import Members

    with installation(config, data) as (settings, opened), account_deps(settings, opened) as deps:
        asyncio.run(Members(deps).remove(actor(), user_id))
