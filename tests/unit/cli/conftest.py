from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from llm_gateway.cli.main import app

Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the test's data directory; keyword arguments are environment variables."""
    monkeypatch.chdir(tmp_path)
    for variable in ("LLM_GATEWAY_PROVIDER_KEY", "OPENROUTER_API_KEY", "MODEL", "LLM_GATEWAY_MASTER_KEY"):
        monkeypatch.delenv(variable, raising=False)

    def invoke(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(
            app, [*arguments, "--data", str(data)], env=environment, catch_exceptions=False
        )

    return invoke
