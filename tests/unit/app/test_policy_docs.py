"""docs/policies.md is true: its policies are in order, its commands exist, its tables are complete."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from llm_gateway.app.detectors import all_detectors
from llm_gateway.app.rulebooks import Rulebooks
from llm_gateway.app.workbench import PolicyBench
from llm_gateway.cli.policy import app
from llm_gateway.policy import default_policy
from llm_gateway.policy.language import DIRECTIONS, EXCEEDS, LOOKS, WHERE
from llm_gateway.policy.library import documents
from llm_gateway.policy.model import MaskStyle

PAGE = (Path(__file__).parents[3] / "docs" / "policies.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
POLICIES = [text for language, text in BLOCKS if language == "yaml"]


@pytest.fixture(scope="module")
def bench() -> PolicyBench:
    return PolicyBench(Rulebooks(default_policy()))


@pytest.mark.parametrize("text", POLICIES)
def test_every_policy_on_the_page_keeps_its_examples(bench: PolicyBench, text: str) -> None:
    """What a reader copies works as the page says."""
    policy = bench.read(text)
    tried = bench.test(policy)

    assert tried
    assert [(one.example.line, one.verdict, one.rule) for one in tried if not one.passed] == []


def test_every_command_on_the_page_exists() -> None:
    """With its options."""
    commands = get_command(app).commands  # type: ignore[attr-defined]
    told = re.findall(r"llm-gateway policy ([a-z-]+)(.*?)[`\n]", PAGE)

    assert {"check", "test", "replay", "activate", "rollback", "effective", "schema"} <= {
        name for name, _ in told
    }
    for name, rest in told:
        options = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= options


def test_the_tables_name_everything() -> None:
    """Conditions, bounds, styles, detectors and ready policies are all told."""
    text = re.sub(r"```\w+\n.*?```", "", PAGE, flags=re.DOTALL)
    words = set(re.findall(r"`([^`]+)`", text))
    named = {
        *LOOKS,
        *WHERE,
        *DIRECTIONS,
        *EXCEEDS.fields,
        *all_detectors(),
        *(style.value for style in MaskStyle),
    }

    assert named <= words
    for name in documents():
        assert name == "default" or name.split("-")[0] in PAGE
