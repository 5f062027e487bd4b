"""Rules about the exchange: bounds, tools, arguments."""

from llm_gateway.domain.facts import Facts, ToolCall, ToolDefinition
from llm_gateway.domain.text import Direction, Path
from llm_gateway.domain.verdict import Action
from llm_gateway.policy import decide, parse_policy, structure

FACTS = Facts(
    messages=4,
    turns=2,
    max_tokens=500,
    tools=(ToolDefinition("search", ("tools", 0), {}), ToolDefinition("shell", ("tools", 1), {})),
    calls=(
        ToolCall("send_mail", ("calls", 0), {"to": ["boss@company.example", "spy@evil.test"]}),
        ToolCall("broken", ("calls", 1), "{not json", readable=False),
    ),
)


def reasons(when: str, facts: Facts = FACTS, changed: dict[Path, str] | None = None) -> list[str]:
    """What a single blocking rule says, having gone through the verdict."""
    policy = parse_policy(f"name: p\nrules:\n- id: r\n  when: {{{when}}}\n  then: block\n")
    found = list(structure(policy.structural(Direction.REQUEST), facts, 100, changed or {}))
    verdict = decide(policy, Direction.REQUEST, found)
    assert (verdict.action is Action.BLOCK) is bool(found)
    return [hit.finding.reason for hit in verdict.hits]


def test_bounds_are_exceeded_beyond_not_at_them() -> None:
    """Every bound that is exceeded is named."""
    at = "exceeds: {characters: 100, messages: 4, turns: 2, tools: 2, tool_calls: 2, max_tokens: 500}"
    beyond = at.replace("500", "499").replace("turns: 2", "turns: 1")

    assert reasons(at) == []
    assert reasons(beyond) == ["more than 1 turns", "more than 499 max_tokens"]
    assert reasons("exceeds: {max_tokens: 1}", Facts()) == []


def test_tools_off_the_list_are_found_offered_or_called() -> None:
    """A star stands for any text."""
    assert len(reasons("tools_outside: [search]")) == 3
    assert reasons("tools_outside: [search, sh*l, send_*, broken]") == []


def test_changed_definitions_are_found_where_they_stand() -> None:
    """A rule may be about some tools only."""
    changed: dict[Path, str] = {("tools", 1): "shell"}

    assert reasons("tool_changed: true", changed=changed) == ["a tool whose definition has changed"]
    assert reasons("tool_changed: true, tool: search", changed=changed) == []


def test_arguments_that_match_or_lie_outside_are_found() -> None:
    """Of several values one is enough."""
    company = r"'[^@]+@company\.example'"

    assert reasons("tool: send_mail, argument: {path: '$.to', matches: evil}")
    assert reasons("tool: send_mail, argument: {path: '$.to[*]', outside: " + company + "}")
    assert not reasons("tool: send_mail, argument: {path: '$.to[0]', outside: " + company + "}")
    assert not reasons("tool: other, argument: {path: '$.to', matches: evil}")


def test_arguments_that_cannot_be_read_are_not_cleared() -> None:
    """Broken JSON is a finding of every rule about that tool's arguments."""
    assert reasons("tool: broken, argument: {path: $.x, matches: y}") == [
        "the arguments of a call are not JSON"
    ]
