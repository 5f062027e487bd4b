"""What the policy commands share: reading files, the use cases, and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from llm_gateway.app.installation import Installation
from llm_gateway.app.policies import PolicyOffice
from llm_gateway.app.rulebooks import Rulebooks, rulebooks_for
from llm_gateway.app.workbench import PolicyBench
from llm_gateway.cli.office import FAILED, print_json, stop
from llm_gateway.control import Actor, ControlDeps, KeyChanges, Keys, Policies, Replays
from llm_gateway.control.policies import Checked, warnings_about
from llm_gateway.policy import PolicyError, default_policy, parse_policy
from llm_gateway.policy.library import documents
from llm_gateway.policy.yaml_text import MAX_CHARACTERS
from llm_gateway.settings import Settings
from llm_gateway.upstream.egress import vet_base_url
from llm_gateway.web.admin.policies import PolicyOut, ReplayOut, TestedOut


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases on one installation."""

    policies: Policies
    replays: Replays
    keys: Keys

    async def name_in_key(self, who: Actor, kid: str, name: str) -> None:
        """Lets a key name the policy."""
        await self.keys.update(who, kid, KeyChanges({"policy": name}))


def office(settings: Settings, installation: Installation) -> Desk:
    """The use cases, as the commands need them."""
    here = PolicyOffice(installation, rulebooks_for(settings))

    async def vet(url: str) -> object:
        return await vet_base_url(url, settings.egress_allow)

    deps = ControlDeps(
        store=installation.keys,
        vault=installation.vault,
        vet=vet,
        clock=installation.clock,
        policy_known=here.holds,
    )
    return Desk(here.policies(deps), here.replays, Keys(deps))


def desk() -> PolicyBench:
    """Reading and trying policies without an installation."""
    return PolicyBench(Rulebooks(default_policy()))


def text_of(file: Path) -> str:
    """The text of a policy file. Ends the command when it cannot be read."""
    try:
        with file.open(encoding="utf-8") as opened:
            return opened.read(MAX_CHARACTERS + 1)
    except (OSError, UnicodeDecodeError) as error:
        stop(f"The policy file {file} cannot be read: {getattr(error, 'strerror', None) or error}", FAILED)


def document_in(file: str) -> str | None:
    """The text of a file; None for what is no file, and so the name of a kept policy."""
    path = Path(file)
    return text_of(path) if path.exists() or path.suffix in (".yaml", ".yml") else None


def checked(bench: PolicyBench, file: Path) -> Checked:
    """The policy in a file. Ends the command when it is wrong."""
    try:
        policy = bench.read(text_of(file))
    except PolicyError as error:
        stop(f"{file}: {error}", FAILED)
    return Checked(policy, tuple(warnings_about(policy)))


def print_tested(found: TestedOut) -> None:
    """One line for each example that fails, and the count."""
    for row in found.examples:
        if not row.passed:
            wanted = row.expected + (f" by {row.expected_rule}" if row.expected_rule else "")
            got = row.verdict + (f" by {row.rule}" if row.rule else "")
            typer.echo(f"line {row.line}: expected {wanted}, got {got}")
    good = sum(row.passed for row in found.examples)
    typer.echo(f"{good} of {len(found.examples)} examples pass.")


def print_policies(found: Sequence[PolicyOut]) -> None:
    """A table of policies."""
    if not found:
        typer.echo("No policies are kept. Keep one with: llm-gateway policy activate FILE")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "active", "watched", "newest", "holds for", "author"):
        table.add_column(heading)
    for one in found:
        newest = one.versions[0]
        held = ", ".join("everywhere" if scope == "*" else f"project {scope}" for scope in one.attached)
        cells = (one.active or "-", one.monitored or "-", newest.number, held or "keys that name it")
        table.add_row(one.name, *map(str, cells), newest.author)
    Console().print(table, markup=False)


def print_library(*, as_json: bool) -> None:
    """The policies that ship, with what they say about themselves."""
    found = {name: " ".join(parse_policy(text).description.split()) for name, text in documents().items()}
    if as_json:
        print_json(found)
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("include", no_wrap=True)
    table.add_column("what it does")
    for name, description in found.items():
        table.add_row(name, description)
    Console().print(table, markup=False)


def print_replayed(found: ReplayOut) -> None:
    """What would have been different, and what cannot be known."""
    more = "" if found.complete else ", the newest of more"
    typer.echo(f"{found.records} exchanges{more}; {found.unchanged} unchanged")
    changes: list[tuple[str, Any]] = [
        ("would be blocked", found.newly_blocked),
        ("would be masked", found.newly_masked),
        ("would be flagged", found.newly_flagged),
        ("would be allowed", found.newly_allowed),
    ]
    for name, change in changes:
        if change.count:
            typer.echo(f"{change.count} {name}: {', '.join(change.samples)}")
    if found.uncertain.count:
        rules = ", ".join(f"{rule} ({count})" for rule, count in found.unknown_rules.items())
        typer.echo(f"{found.uncertain.count} uncertain, because of the rules {rules}")
        typer.echo(found.note)
    costs = found.inspection_ms_per_1000_characters
    typer.echo(
        f"costs {found.deciding_ms_each:.3f} ms an exchange to decide, and {costs['draft']:.2f} ms to "
        f"inspect 1,000 new characters (the installation's policy: {costs['installation']:.2f} ms)"
    )
