"""The policies that ship: in order, proven by their own examples, fit to be included together."""

import pytest

from llm_gateway.app.rulebooks import Rulebooks
from llm_gateway.app.workbench import PolicyBench
from llm_gateway.policy import default_policy, parse_policy
from llm_gateway.policy.library import documents

READY = [name for name in documents() if name != "default"]


@pytest.fixture(scope="module")
def bench() -> PolicyBench:
    return PolicyBench(Rulebooks(default_policy()))


@pytest.mark.parametrize("name", READY)
def test_a_ready_policy_keeps_its_promises(bench: PolicyBench, name: str) -> None:
    """It is named after its file, says what it does, and its examples show both sides."""
    policy = bench.read(documents()[name])
    tried = bench.test(policy)

    assert policy.name == name
    assert policy.description
    assert [one.example.line for one in tried if not one.passed] == []
    assert {rule.id for rule in policy.rules} <= {one.rule for one in tried}
    assert "allow" in {one.verdict for one in tried}


def test_all_of_them_can_be_included_together(bench: PolicyBench) -> None:
    """No rule of one replaces a rule of another."""
    every = bench.read(f"name: every\ninclude: [{', '.join(documents())}]\n")

    assert len(every.rules) == sum(len(parse_policy(text).rules) for text in documents().values())


def test_the_default_policy_works_with_the_detectors_of_this_build(bench: PolicyBench) -> None:
    """A fresh installation starts with all its rules."""
    assert bench.read(documents()["default"]).rules == default_policy().rules


def test_an_example_may_be_a_whole_request(bench: PolicyBench) -> None:
    """Rules about tools and bounds have examples, too."""
    policy = bench.read(
        """
name: tools
rules:
  - {id: listed, when: {tools_outside: [search]}, then: block}
  - {id: models, when: {keywords: [hello], model: big*}, then: flag}
examples:
  - request:
      messages: [{role: user, content: hello}]
      tools: [{type: function, function: {name: shell}}]
    expect: block
    rule: listed
  - {request: {messages: [{role: user, content: hello}]}, model: big-1, expect: flag, rule: models}
  - {request: {messages: [{role: user, content: hello}]}, model: small-1, expect: allow}
"""
    )

    assert [one.passed for one in bench.test(policy)] == [True, True, True]
    assert bench.milliseconds(policy) > 0
