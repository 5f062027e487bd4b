"""Facts of an exchange → findings: bounds, tools offered and called, arguments of calls."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from llm_gateway.domain.facts import Facts, ToolCall
from llm_gateway.domain.finding import Finding
from llm_gateway.domain.text import Path, Provenance, Segment, SegmentKind
from llm_gateway.policy.looks import LIMITS, TOOLS, Argument, Exceeds, ToolsChanged, ToolsOutside
from llm_gateway.policy.model import Rule

Found = tuple[Segment, Sequence[Finding]]

BOUNDED: Mapping[str, tuple[str, Callable[[Facts, int], int]]] = {
    "characters": ("characters of text in the request", lambda _, characters: characters),
    "messages": ("messages in the request", lambda facts, _: facts.messages),
    "turns": ("turns of the user in the conversation", lambda facts, _: facts.turns),
    "tools": ("tools offered to the model", lambda facts, _: len(facts.tools)),
    "tool_calls": ("calls of tools, in the conversation or in one answer", lambda facts, _: len(facts.calls)),
    "max_tokens": (
        "tokens the model may write, all answers together; a request that names no bound is not over it",
        lambda facts, _: facts.max_tokens or 0,
    ),
}


def structure(
    rules: Sequence[Rule], facts: Facts, characters: int, changed: Mapping[Path, str]
) -> Iterator[Found]:
    """What rules about the exchange find. `changed` has the tools that differ from what was pinned."""
    for rule in rules:
        match rule.looks:
            case Exceeds(bounds):
                yield from _exceeded(rule, bounds, facts, characters)
            case ToolsOutside():
                yield from _outside(rule, rule.looks, facts)
            case ToolsChanged():
                for path, name in changed.items():
                    if rule.tools.fit(name):
                        yield _found(rule, TOOLS, path, "a tool whose definition has changed", DEFINED)
            case Argument():
                yield from _arguments(rule, rule.looks, facts)


DEFINED, CALLED = Provenance.TOOL_DEFINITION, Provenance.MODEL


def _exceeded(
    rule: Rule, bounds: Sequence[tuple[str, int]], facts: Facts, characters: int
) -> Iterator[Found]:
    for name, bound in bounds:
        if BOUNDED[name][1](facts, characters) > bound:
            yield _found(rule, LIMITS, (name,), f"more than {bound} {name}", Provenance.USER)


def _outside(rule: Rule, looks: ToolsOutside, facts: Facts) -> Iterator[Found]:
    for tool in facts.tools:
        if not looks.names.fit(tool.name):
            yield _found(rule, TOOLS, tool.path, "a tool that is not on the list is offered", DEFINED)
    for call in facts.calls:
        if not looks.names.fit(call.name):
            yield _found(rule, TOOLS, call.path, "a tool that is not on the list is called", CALLED)


def _arguments(rule: Rule, looks: Argument, facts: Facts) -> Iterator[Found]:
    for call in facts.calls:
        if rule.tools.fit(call.name) and (reason := _reason(looks, call)):
            yield _found(rule, TOOLS, call.path, reason, CALLED)


def _reason(looks: Argument, call: ToolCall) -> str:
    """Arguments that cannot be read cannot be cleared."""
    if not call.readable:
        return "the arguments of a call are not JSON"
    if looks.speaks_of(call.arguments):
        return "an argument of a call is one that the policy stops"
    return ""


def _found(rule: Rule, detector: str, path: Path, reason: str, provenance: Provenance) -> Found:
    """Findings about the exchange have a place and no text, and cannot be masked."""
    segment = Segment(path, "", provenance, kind=SegmentKind.OPAQUE)
    return segment, (Finding(detector, rule.id, 1.0, 0, 0, reason),)
