import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from llm_gateway.domain.tokens import parse
from tests.unit.cli.conftest import Run

CANARY = "sk-provider-key-canary"
OPENAI = ("keys", "create", "--provider", "openai", "--model", "gpt-5.5")


def created(run: Run, *more: str) -> dict[str, Any]:
    result = run(*OPENAI, "--json", *more, LLM_GATEWAY_PROVIDER_KEY=CANARY)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def test_create_prints_one_document(run: Run) -> None:
    """With --json a script gets the key, its id, and where it leads."""
    key = created(run, "--name", "checkout", "--allow-model", "a", "--allow-model", "b")

    assert parse(key["gateway_key"]) == key["kid"]
    assert (key["provider"], key["model"], key["models"]) == ("openai", "gpt-5.5", ["a", "b"])
    assert key["name"] == "checkout"


def test_create_prints_the_key_alone(run: Run) -> None:
    """Without --json standard output is the key and nothing else; the advice goes beside it."""
    result = run("keys", "create", "--provider", "demo", "--model", "demo-simulated")

    assert parse(result.stdout.strip()) is not None
    assert "this once" in result.stderr


def test_the_provider_key_is_never_shown(run: Run, data: Path) -> None:
    """It is in no output and in no file as it was typed."""
    kid = created(run)["kid"]
    output = "".join(run(*command).output for command in (("keys", "list"), ("keys", "show", kid)))

    assert CANARY not in output
    assert all(CANARY.encode() not in path.read_bytes() for path in data.iterdir())


def test_the_provider_key_is_no_argument(run: Run) -> None:
    """There is no option for it, and the help says why."""
    assert run(*OPENAI, "--provider-key", CANARY).exit_code == 2
    assert "never an argument" in run("keys", "create", "--help").stdout


def test_without_a_terminal_the_variable_is_named(run: Run) -> None:
    """A script that forgot the provider key hears which variable to set."""
    result = run(*OPENAI)

    assert result.exit_code == 2
    assert "LLM_GATEWAY_PROVIDER_KEY" in result.stderr


def test_at_a_terminal_the_key_is_typed_unseen(data: Path) -> None:
    """Where somebody sits, the provider key is asked for and does not show."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from llm_gateway.cli.main import main; main()"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LLM_GATEWAY")}
    process = subprocess.Popen(
        [*command, *OPENAI, "--data", str(data)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while not shown.endswith(b"): "):  # what is typed before the prompt is whole is thrown away
        shown += os.read(ours, 1000)
    os.write(ours, CANARY.encode() + b"\n")
    while b"Shown this once" not in shown:
        shown += os.read(ours, 1000)
    os.close(ours)

    assert process.wait() == 0
    assert CANARY.encode() not in shown


def test_names_that_users_have_are_honoured(run: Run) -> None:
    """OPENROUTER_API_KEY and MODEL are enough for OpenRouter."""
    result = run(
        "keys",
        "create",
        "--provider",
        "openrouter",
        "--json",
        OPENROUTER_API_KEY=CANARY,
        MODEL="openai/gpt-5.5",
    )

    assert json.loads(result.stdout)["model"] == "openai/gpt-5.5"


def test_the_life_of_a_key(run: Run) -> None:
    """Created, listed, shown, rotated, revoked: each step shows in the next."""
    key = created(run)
    kid = key.pop("kid")
    assert [one["kid"] for one in json.loads(run("keys", "list", "--json").stdout)] == [kid]
    rotated = json.loads(run("keys", "rotate", kid, "--grace", "1h", "--json").stdout)
    assert rotated["gateway_key"] != key["gateway_key"]
    assert rotated["previous_until"] is not None
    assert json.loads(run("keys", "revoke", kid, "--json").stdout)["status"] == "revoked"

    shown = json.loads(run("keys", "show", kid, "--json").stdout)
    assert shown["status"] == "revoked"
    assert run("keys", "rotate", kid).exit_code == 1
    assert run("keys", "revoke", kid).exit_code == 0


def test_what_people_see(run: Run) -> None:
    """Without --json the commands print for people."""
    assert run("keys", "create", "--provider", "demo", "--model", "demo-simulated").exit_code == 0
    kid = created(run, "--name", "[bold]checkout", "--expires-in", "30d")["kid"]
    listed, shown = run("keys", "list").stdout, run("keys", "show", kid).stdout

    assert kid in listed
    assert "openai" in listed
    assert "[bold]checkout" in shown
    assert "Revoked" in run("keys", "revoke", kid).stdout


@pytest.mark.parametrize(
    "command", [("list",), ("show", "aaaaaaaaaaaa"), ("rotate", "aaaaaaaaaaaa"), ("revoke", "aaaaaaaaaaaa")]
)
def test_no_installation(run: Run, data: Path, command: tuple[str, ...]) -> None:
    """A mistyped directory is an error and is not created."""
    result = run("keys", *command)

    assert result.exit_code == 1
    assert "--data" in result.stderr
    assert not data.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "aaaaaaaaaaaa"), "no key"),
        (("show", "' OR 1=1"), "no key"),
        (("rotate", "aaaaaaaaaaaa", "--grace", "soon"), "1h"),
        (("create", "--provider", "nobody", "--model", "m"), "known are"),
        (("create", "--provider", "openai_compatible", "--model", "m"), "needs a base_url"),
        (("create", "--provider", "openai_compatible", "--model", "m", "--base-url", "file:///"), "base_url"),
        (
            ("create", "--provider", "ollama", "--model", "m"),
            "LLM_GATEWAY_EGRESS_ALLOW",
        ),
        (("create", "--provider", "demo", "--model", "m", "--expires-in", "1y"), "expires-in"),
    ],
)
def test_refusals(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """What cannot be done ends with 1 and the remedy on standard error."""
    created(run)
    result = run("keys", *arguments)

    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


def test_allowed_networks_are_allowed(run: Run) -> None:
    """A private address is taken once its network is allowed."""
    result = run(
        "keys", "create", "--provider", "ollama", "--model", "m", LLM_GATEWAY_EGRESS_ALLOW="127.0.0.0/8"
    )

    assert result.exit_code == 0


@pytest.mark.parametrize("file", ["master.key", "pepper.key"])
def test_a_key_file_that_does_not_fit(run: Run, data: Path, file: str) -> None:
    """With a foreign or missing key file every command ends with 78 and the remedy."""
    created(run)
    mine = (data / file).read_text()
    (data / file).write_text("A" * 43 + "=\n")
    assert run("keys", "list").exit_code == 78
    (data / file).unlink()
    result = run("keys", "list")
    assert (result.exit_code, file in result.stderr) == (78, True)

    (data / file).write_text(mine)
    (data / file).chmod(0o644)
    assert "chmod 600" in run("keys", "list").stderr
    (data / file).chmod(0o600)
    assert run("keys", "list").exit_code == 0


def test_a_wrong_setting(run: Run) -> None:
    """A setting that is wrong ends with 78 and its name."""
    result = run("keys", "list", LLM_GATEWAY_PORT="many")

    assert result.exit_code == 78
    assert "port" in result.stderr


@pytest.mark.parametrize("arguments", [("keys", "create"), ("keys", "show"), ("keys", "nothing")])
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    """A command that is not written right ends with 2."""
    assert run(*arguments).exit_code == 2
