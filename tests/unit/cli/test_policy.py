"""The policy commands, on a data directory."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from llm_gateway.cli.main import app

DESK = """
name: desk
include: default
rules:
  - id: no-acme
    when: {keywords: [acme]}
    then: block
examples:
  - {text: buy from Acme, expect: block, rule: no-acme}
  - {text: hello, expect: allow}
"""
STRICTER = DESK.replace("[acme]", "[acme, globex]")
WRONG = DESK.replace("keywords: [acme]", "detector: pii, category: credit_cart")


class Shell:
    """Runs commands on one data directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file("desk.yaml", DESK)

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def run(self, *words: str, status: int = 0) -> str:
        done = CliRunner().invoke(app, list(words))
        assert done.exit_code == status, done.output
        return done.output

    def json(self, *words: str) -> Any:
        return json.loads(self.run("policy", *words, "--json", "--data", str(self.folder / "data")))

    def fails(self, *words: str) -> str:
        return self.run("policy", *words, "--data", str(self.folder / "data"), status=1)

    def key(self, *words: str) -> dict[str, Any]:
        made = ("keys", "create", "--provider", "demo", "--model", "m", "--json")
        done: dict[str, Any] = json.loads(self.run(*made, *words, "--data", str(self.folder / "data")))
        return done


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path)
    shell.key()
    return shell


def test_check_names_line_and_remedy(shell: Shell) -> None:
    """A policy is read as the gateway would read it, with the categories that it has."""
    assert "in order" in shell.run("policy", "check", str(shell.folder / "desk.yaml"))
    assert re.search(
        r"line 6: .*'credit_cart' is no category of pii",
        shell.run("policy", "check", shell.file("w.yaml", WRONG), status=1),
    )
    shell.run("policy", "check", str(shell.folder / "none.yaml"), status=1)


def test_what_leaves_protection_out_is_warned_about(shell: Shell) -> None:
    """A policy about words alone would replace the protection of a fresh installation."""
    bare = shell.file("bare.yaml", DESK.replace("include: default\n", ""))

    assert "no enforced rule is about injection" in shell.run("policy", "check", bare)


def test_examples_are_run(shell: Shell) -> None:
    """The status says whether all pass, the output which do not."""
    wrong = shell.file("wrong.yaml", DESK.replace("hello, expect: allow", "hello, expect: mask"))

    assert "2 of 2 examples pass" in shell.run("policy", "test", str(shell.folder / "desk.yaml"))
    assert "line 10: expected mask, got allow" in shell.run("policy", "test", wrong, status=1)


def test_the_life_of_a_policy(shell: Shell) -> None:
    """Watched, active, replaced, rolled back, gone; each step says what holds."""
    file = str(shell.folder / "desk.yaml")
    watched = shell.json("activate", file, "--monitor")
    first = shell.json("activate", file)
    second = shell.json("activate", shell.file("desk.yaml", STRICTER))
    back = shell.json("rollback", "desk")

    assert (watched["active"], watched["monitored"], watched["attached"]) == (None, 1, ["default"])
    assert (first["active"], first["monitored"]) == (1, None)
    assert (second["active"], second["previous"]) == (2, 1)
    assert (back["active"], back["previous"]) == (1, 2)
    assert [one["name"] for one in shell.json("list")] == ["desk"]
    assert shell.json("show", "desk")["document"] == STRICTER
    assert "+    when: {keywords: [acme, globex]}" in shell.run(
        "policy", "diff", "desk", "1", "2", "--data", str(shell.folder / "data")
    )
    assert shell.json("deactivate", "desk")["active"] is None


def test_what_holds_for_a_key_is_one_call_away(shell: Shell) -> None:
    """Its own policy, its project's, or the installation's."""
    kid = shell.key()["kid"]
    assert shell.json("effective", kid)["source"] == "installation"
    shell.json("activate", str(shell.folder / "desk.yaml"), "--key", kid)

    assert shell.json("effective", kid)["source"] == "key"
    assert shell.json("effective", shell.key()["kid"])["source"] == "installation"
    shell.json("activate", "desk", "--project")
    assert shell.json("effective", shell.key()["kid"])["name"] == "desk"


def test_a_policy_whose_examples_fail_is_not_activated(shell: Shell) -> None:
    """The old version stays."""
    shell.json("activate", str(shell.folder / "desk.yaml"))
    wrong = shell.file("wrong.yaml", DESK.replace("hello, expect: allow", "hello, expect: mask"))

    assert "1 of 2 examples of the policy fail, the first in line 10" in shell.fails("activate", wrong)
    assert "is wrong" in shell.fails("activate", shell.file("wrong.yaml", WRONG))
    assert shell.json("list")[0]["active"] == 1


def test_a_key_can_name_only_what_holds(shell: Shell) -> None:
    """An unknown policy is refused when the key is made."""
    made = ["keys", "create", "--provider", "demo", "--model", "m", "--data", str(shell.folder / "data")]

    assert "No active policy has this name" in shell.run(*made, "--policy", "desk", status=1)
    shell.json("activate", str(shell.folder / "desk.yaml"))
    assert shell.key("--policy", "desk")["policy"] == "desk"
    assert shell.key("--policy", "default")["policy"] == "default"


def test_replay_of_nothing_says_so(shell: Shell) -> None:
    """A fresh installation has no records."""
    found = shell.json("replay", str(shell.folder / "desk.yaml"), "--since", "1h")

    assert found["records"] == 0
    assert set(found["inspection_ms_per_1000_characters"]) == {"draft", "installation"}


def test_the_schema_and_the_library_are_printed(shell: Shell) -> None:
    """For editors, and for `include`."""
    assert json.loads(shell.run("policy", "schema"))["properties"]["rules"]
    assert "default" in json.loads(shell.run("policy", "list", "--library", "--json"))
    assert shell.json("forget-tools", "aaaaaaaaaaaa") == {"forgotten": 0}


def test_unknown_names_and_versions_are_refused(shell: Shell) -> None:
    """With what would be right."""
    shell.json("activate", str(shell.folder / "desk.yaml"))

    assert "There is no policy of this name" in shell.fails("show", "other")
    assert "its newest is 1" in shell.fails("show", "desk", "--number", "7")
    assert "No version of this policy was active before" in shell.fails("rollback", "desk")
    assert "cannot be read" in shell.fails("activate", "missing.yaml")
