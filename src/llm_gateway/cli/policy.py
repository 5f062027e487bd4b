"""`llm-gateway policy`."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from llm_gateway.cli.office import FAILED, Config, Data, Json, actor, installation, print_json, stop

File = Annotated[Path, typer.Argument(metavar="FILE", help="Policy document (YAML).")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the policy, as `policy list` shows it.")]
Number = Annotated[
    int | None, typer.Option("--number", help="Version; the newest if left out.", show_default=False)
]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def policy() -> None:
    """Policies: write, check, test, replay on past traffic, let hold, roll back.

    The commands work on the data directory itself, whether the gateway runs or not; a running one
    follows within a second. docs/policies.md explains the language.

    Exit status: 0 done, 1 the policy is wrong, an example fails or the act is refused, 2 wrong usage,
    78 when the configuration does not fit.
    """


@app.command()
def check(file: File, json: Json = False) -> None:
    """Read a policy as this gateway would use it, and tell what is wrong with line and remedy."""
    from llm_gateway.cli.policy_report import checked, desk
    from llm_gateway.web.admin.policies import CheckedOut

    found = CheckedOut.of(checked(desk(), file))
    if json:
        print_json(found.model_dump())
        return
    typer.echo(
        f"{file}: {found.name} {found.version}, {found.rules} rules, {found.examples} examples: in order"
    )
    _warn(found.warnings)


@app.command("test")
def run_examples(file: File, json: Json = False) -> None:
    """Run the examples of a policy with the detectors of this gateway.

    Exit status: 0 when all pass, 1 otherwise.
    """
    from llm_gateway.cli.policy_report import checked, desk, print_tested
    from llm_gateway.control.workbench import Tried
    from llm_gateway.policy import PolicyError
    from llm_gateway.web.admin.policies import TestedOut

    bench = desk()
    try:
        tried: list[Tried] = list(bench.test(checked(bench, file).policy))
    except PolicyError as error:
        stop(f"{file}: {error}", FAILED)
    found = TestedOut.of(tried)
    print_json(found.model_dump()) if json else print_tested(found)
    raise typer.Exit(0 if found.passed else FAILED)


@app.command()
def schema() -> None:
    """Print the JSON Schema of policy documents, for editors."""
    from llm_gateway.policy import policy_schema

    print_json(policy_schema())


@app.command()
def replay(  # noqa: PLR0917 - typer declares options as parameters
    file: File,
    since: Annotated[str, typer.Option(help="How far back: 24h, 7d, …")] = "7d",
    limit: Annotated[int, typer.Option(help="Newest exchanges looked at, at most.", min=1)] = 10_000,
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Run a policy over stored records and tell what it would have done to them. Changes nothing.

    \b
        llm-gateway policy replay draft.yaml --since 7d

    Records hold what rules found at the time, and no text: what cannot be known from them is counted
    as uncertain and named.
    """
    from llm_gateway.cli.policy_report import office, print_replayed, text_of
    from llm_gateway.control.durations import parse_duration
    from llm_gateway.web.admin.policies import ReplayOut

    text = text_of(file)
    with installation(config, data) as opened:
        here = office(*opened)
        draft = asyncio.run(here.policies.check(text)).policy
        seconds = parse_duration(since, "since")
        found = ReplayOut.of(asyncio.run(here.replays.run(draft, seconds=seconds, limit=limit)))
    print_json(found.model_dump()) if json else print_replayed(found)


@app.command()
def activate(  # noqa: PLR0917 - typer declares options as parameters
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Policy document, or the name of a policy that is kept.")
    ],
    number: Number = None,
    key: Annotated[
        str | None, typer.Option(metavar="KID", help="Let it hold for this key.", show_default=False)
    ] = None,
    everywhere: Annotated[bool, typer.Option("--everywhere", help="Let it hold for all projects.")] = False,
    project: Annotated[bool, typer.Option("--project", help="Let it hold for the project.")] = False,
    monitor: Annotated[
        bool, typer.Option("--monitor", help="Only watch: record its hits beside what holds, change nothing.")
    ] = False,
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Keep a policy as a new version and let it hold, once its examples pass.

    A policy that neither a key nor a project leads to yet is attached to the project, unless --key or
    --everywhere says otherwise.

    \b
        llm-gateway policy activate desk.yaml --monitor
        llm-gateway policy activate desk.yaml
        llm-gateway policy activate desk --number 3
    """
    from llm_gateway.cli.policy_report import document_in, office

    scopes = [name for name, wanted in (("*", everywhere), ("default", project)) if wanted]
    text = document_in(file)
    with installation(config, data) as opened:
        here = office(*opened)

        async def act() -> Any:
            name, which = file, number
            if text is not None:
                _warn((await here.policies.check(text)).warnings)
                kept = await here.policies.save(actor(), text)
                name, which = kept.name, kept.number
            if monitor:
                return await here.policies.monitor(actor(), name, which)
            wanted = scopes or ([] if key else None)
            view = await here.policies.activate(actor(), name, which, scopes=wanted)
            if key:
                await here.name_in_key(actor(), key, name)
            return view

        view = asyncio.run(act())
    _told(view, json)


@app.command()
def rollback(name: Name, json: Json = False, data: Data = None, config: Config = None) -> None:
    """Bring back the version that was active before."""
    from llm_gateway.cli.policy_report import office

    with installation(config, data) as opened:
        view = asyncio.run(office(*opened).policies.rollback(actor(), name))
    _told(view, json)


@app.command()
def deactivate(
    name: Name,
    monitored: Annotated[bool, typer.Option("--monitored", help="Only end the watching.")] = False,
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Let no version hold and detach the policy. Keys that name it are refused until they name another."""
    from llm_gateway.cli.policy_report import office

    with installation(config, data) as opened:
        policies = office(*opened).policies
        act = policies.unmonitor if monitored else policies.deactivate
        view = asyncio.run(act(actor(), name))
    _told(view, json)


@app.command("list")
def list_policies(
    library: Annotated[bool, typer.Option("--library", help="Policies that ship, to include.")] = False,
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show all policies that are kept, or with --library those that ship."""
    from llm_gateway.cli.policy_report import office, print_library, print_policies
    from llm_gateway.web.admin.policies import PolicyOut

    if library:
        print_library(as_json=json)
        return
    with installation(config, data) as opened:
        found = [PolicyOut.of(view) for view in asyncio.run(office(*opened).policies.list())]
    print_json([one.model_dump() for one in found]) if json else print_policies(found)


@app.command()
def show(
    name: Name, number: Number = None, json: Json = False, data: Data = None, config: Config = None
) -> None:
    """Print a version of a policy."""
    from llm_gateway.cli.policy_report import office
    from llm_gateway.web.admin.policies import DocumentOut

    with installation(config, data) as opened:
        found = asyncio.run(office(*opened).policies.version(name, number))
    if json:
        print_json(DocumentOut.model_validate(found, from_attributes=True).model_dump())
    else:
        typer.echo(found.document, nl=not found.document.endswith("\n"))


@app.command()
def diff(
    name: Name,
    old: Annotated[int, typer.Argument(help="Number of a version.")],
    new: Annotated[int, typer.Argument(help="Number of another.")],
    data: Data = None,
    config: Config = None,
) -> None:
    """Show what changed between two versions."""
    from llm_gateway.cli.policy_report import office

    with installation(config, data) as opened:
        typer.echo(asyncio.run(office(*opened).policies.diff(name, old, new)), nl=False)


@app.command()
def effective(
    kid: Annotated[str, typer.Argument(metavar="KID", help="Key id, as `keys list` shows it.")],
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Show which policy holds for a key, and why."""
    from llm_gateway.cli.policy_report import office
    from llm_gateway.web.admin.policies import EffectiveOut

    with installation(config, data) as opened:
        found = asyncio.run(office(*opened).policies.effective(kid))
    out = EffectiveOut.model_validate(found, from_attributes=True)
    if json:
        print_json(out.model_dump())
        return
    version = f" version {out.active.number} ({out.active.version})" if out.active else ""
    watched = f", watching version {out.monitored.number}" if out.monitored else ""
    typer.echo(f"{out.name}{version} by {out.source}{watched}")


@app.command("forget-tools")
def forget_tools(
    kid: Annotated[str, typer.Argument(metavar="KID", help="Key id, as `keys list` shows it.")],
    tool: Annotated[str | None, typer.Option(help="One tool; all if left out.", show_default=False)] = None,
    json: Json = False,
    data: Data = None,
    config: Config = None,
) -> None:
    """Accept changed tools of a key: the next definition that it sends is the one that holds."""
    with installation(config, data) as (_, opened):
        count = opened.pins.forget(kid, tool)
    print_json({"forgotten": count}) if json else typer.echo(f"Forgot {count} tool definitions.")


def _warn(warnings: Any) -> None:
    for warning in warnings:
        typer.echo(f"warning: {warning}", err=True)


def _told(view: Any, as_json: bool) -> None:
    from llm_gateway.cli.policy_report import print_policies
    from llm_gateway.web.admin.policies import PolicyOut

    out = PolicyOut.of(view)
    print_json(out.model_dump()) if as_json else print_policies([out])
