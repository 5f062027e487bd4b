"""The root of the command line: one line per command."""

import typer

from llm_gateway.cli import accounts, db, keys, policy
from llm_gateway.cli.demo import demo
from llm_gateway.cli.eval import evaluate
from llm_gateway.cli.scan import scan
from llm_gateway.cli.selftest import selftest
from llm_gateway.cli.serve import serve
from llm_gateway.cli.settings_help import WithSettings

app = typer.Typer(
    name="llm-gateway",
    help="LLM Security Gateway: inspects every request to a language model, and every answer.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command(cls=WithSettings)(serve)
app.command()(demo)
app.command()(scan)
app.command("eval")(evaluate)
app.command()(selftest)
app.add_typer(keys.app, name="keys")
app.add_typer(policy.app, name="policy")
app.add_typer(accounts.app, name="accounts")
app.add_typer(db.app, name="db")


def main() -> None:
    """Entry point of the `llm-gateway` command."""
    app()
