from typer.testing import CliRunner

from llm_gateway.cli.main import app
from tests.unit.cli.conftest import Run


def test_help_lists_the_commands(run: Run) -> None:
    """The root says what there is."""
    result = CliRunner().invoke(app, ["--help"])

    assert result.exit_code == 0
    assert {"keys", "db"} <= set(result.stdout.split())
