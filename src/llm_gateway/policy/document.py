"""The policy document: YAML in, Policy out, every mistake named with its line and the remedy."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from llm_gateway.domain.text import Direction, Provenance
from llm_gateway.domain.verdict import Action
from llm_gateway.policy.allow import Allow
from llm_gateway.policy.expressions import ExpressionError, compiled
from llm_gateway.policy.json_path import JsonPathError, parse_path
from llm_gateway.policy.kinds import At, PolicyError
from llm_gateway.policy.language import LOOKS, MOST_EXPRESSIONS, MOST_RULES, POLICY, PRESETS, TOOL_CALL
from llm_gateway.policy.library import shipped
from llm_gateway.policy.looks import (
    KEYWORDS,
    LIMITS,
    PATTERNS,
    TOOLS,
    Argument,
    Exceeds,
    Keywords,
    Looks,
    Patterns,
    ToolsChanged,
    ToolsOutside,
)
from llm_gateway.policy.model import Example, MaskStyle, Policy, Rule
from llm_gateway.policy.names import Names
from llm_gateway.policy.yaml_text import YamlError, read_yaml

Catalogue = Mapping[str, frozenset[str]]
"""The detectors that a build has, each with its categories."""

_REQUEST_ONLY = (Exceeds, ToolsChanged)


def default_policy() -> Policy:
    """The policy of a fresh installation."""
    return parse_policy(shipped("default") or "")


def parse_policy(text: str, catalogue: Catalogue | None = None) -> Policy:
    """The policy in a YAML document. Raises PolicyError.

    With a catalogue, detectors and categories that the build lacks are mistakes: a rule that can
    never speak must not look like protection.
    """
    try:
        at = At(read_yaml(text))
    except YamlError as error:
        raise PolicyError(f"line {error.line}: {error}") from None
    found = POLICY.read(at, at.source.value)
    included = list(_included(at, found.get("include", ())))
    rules = tuple(
        _rule(at / "rules" / index, rule, found, catalogue)
        for index, rule in enumerate(found.get("rules", ()))
    )
    _check_ids(at, rules)
    kept = _merged(rules, included, _allow(at / "allow", found.get("allow")))
    _check_sizes(at, kept)
    return Policy(
        name=found["name"],
        version=_version(text, included),
        rules=kept,
        description=found.get("description", ""),
        examples=tuple(_examples(at / "examples", found.get("examples", ()), {rule.id for rule in kept})),
    )


def _version(text: str, included: list[Policy]) -> str:
    """Of the text and of everything it includes, which may differ from build to build."""
    parts = [text, *(policy.version for policy in included)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _included(at: At, names: tuple[str, ...]) -> Iterator[Policy]:
    for index, name in enumerate(names):
        text = shipped(name)
        if text is None:
            raise (at / "include" / index).wrong(
                "is no policy that ships; see `llm-gateway policy list --library`"
            )
        yield parse_policy(text)


def _merged(rules: tuple[Rule, ...], included: list[Policy], allow: tuple[Allow, ...]) -> tuple[Rule, ...]:
    """All rules that hold, each with what the policy as a whole allows."""
    by_id = {rule.id: rule for policy in included for rule in policy.rules}
    merged = (by_id | {rule.id: rule for rule in rules}).values()
    return tuple(replace(rule, allow=rule.allow + allow) for rule in merged)


def _rule(at: At, found: Mapping[str, Any], policy: Mapping[str, Any], catalogue: Catalogue | None) -> Rule:
    when = found["when"]
    looks, detector = _looks(at / "when", when)
    directions, calls_only = _directions(when.get("direction", ()))
    rule = Rule(
        id=found["id"],
        detector=detector,
        action=Action[found["then"].upper()],
        categories=frozenset(when.get("category", ())) if looks is None else frozenset((found["id"],)),
        provenances=frozenset(map(Provenance, when.get("provenance", ()))),
        directions=directions,
        score=_score(at / "when", when),
        style=MaskStyle(found.get("style", MaskStyle.PLACEHOLDER.value)),
        enforced=found.get("mode", policy.get("mode", "enforce")) == "enforce",
        message=found.get("message", ""),
        calls_only=calls_only,
        surfaces=Names(when.get("surface", ())),
        models=Names(when.get("model", ())),
        tools=Names(when.get("tool", ())),
        allow=_allow(at / "allow", found.get("allow")),
        looks=looks,
    )
    _check_rule(at, rule, when)
    _check_catalogue(at / "when", rule, catalogue)
    return _narrowed(rule)


def _looks(at: At, when: Mapping[str, Any]) -> tuple[Looks | None, str]:
    """What the rule looks for, and under which detector its findings come."""
    named = [name for name in LOOKS if name in when]
    if len(named) != 1:
        raise at.wrong(f"must name exactly one of {', '.join(LOOKS)}")
    name = named[0]
    if name == "detector":
        return None, str(when["detector"])
    try:
        looks, detector = _LOOKS[name](when[name])
    except ExpressionError as error:
        raise (at / name).wrong(str(error)) from None
    except JsonPathError as error:
        raise (at / name / "path").wrong(str(error)) from None
    return looks, detector


def _keywords(words: tuple[str, ...]) -> tuple[Looks, str]:
    return Keywords(words), KEYWORDS


def _patterns(expressions: tuple[str, ...]) -> tuple[Looks, str]:
    for expression in expressions:
        compiled(expression)
    return Patterns(expressions), PATTERNS


def _exceeds(bounds: Mapping[str, int]) -> tuple[Looks, str]:
    return Exceeds(tuple(bounds.items())), LIMITS


def _argument(found: Mapping[str, str]) -> tuple[Looks, str]:
    if ("matches" in found) == ("outside" in found):
        raise ExpressionError("must have either matches or outside")
    return Argument(parse_path(found["path"]), found.get("matches"), found.get("outside")), TOOLS


_LOOKS: Mapping[str, Callable[[Any], tuple[Looks, str]]] = {
    "keywords": _keywords,
    "pattern": _patterns,
    "exceeds": _exceeds,
    "tools_outside": lambda names: (ToolsOutside(Names(names)), TOOLS),
    "tool_changed": lambda _: (ToolsChanged(), TOOLS),
    "argument": _argument,
}


def _directions(written: tuple[str, ...]) -> tuple[frozenset[Direction], bool]:
    """Tool calls are a part of answers, so they only narrow where answers are not meant as a whole."""
    plain = frozenset(Direction(word) for word in written if word != TOOL_CALL)
    if TOOL_CALL not in written:
        return plain, False
    return plain | {Direction.ANSWER}, Direction.ANSWER not in plain


def _score(at: At, when: Mapping[str, Any]) -> float:
    if "preset" not in when:
        return float(when.get("score", 0.0))
    if "score" in when:
        raise (at / "preset").wrong("stands beside score; keep one of them")
    if when.get("detector") != "injection":
        raise (at / "preset").wrong("is for the injection detector, which is calibrated; use score here")
    return PRESETS[when["preset"]]


def _allow(at: At, found: Mapping[str, tuple[str, ...]] | None) -> tuple[Allow, ...]:
    if not found:
        return ()
    values, hosts = frozenset(found.get("values", ())), frozenset(found.get("hosts", ()))
    try:
        return (Allow(values, found.get("patterns", ()), hosts),)
    except ExpressionError as error:
        raise (at / "patterns").wrong(str(error)) from None


def _check_rule(at: At, rule: Rule, when: Mapping[str, Any]) -> None:
    """Combinations that would not do what they seem to say."""
    if rule.looks is not None and "category" in when:
        raise (at / "when" / "category").wrong("belongs to detector; this rule has none")
    if rule.looks is not None and "score" in when:
        raise (at / "when" / "score").wrong("belongs to detector; what this rule finds is certain")
    if rule.structural and rule.action is Action.MASK:
        raise (at / "then").wrong("cannot be mask: this rule is about the exchange, not about a text in it")
    if rule.structural and "provenance" in when:
        raise (at / "when" / "provenance").wrong("is for rules about texts; this one is about the exchange")
    if isinstance(rule.looks, Exceeds) and "tool" in when:
        raise (at / "when" / "tool").wrong("has no meaning beside exceeds")
    if isinstance(rule.looks, _REQUEST_ONLY) and not _is_about_requests(rule):
        raise (at / "when" / "direction").wrong("must include request: that is where this can be seen")


def _is_about_requests(rule: Rule) -> bool:
    counts_calls = isinstance(rule.looks, Exceeds) and {name for name, _ in rule.looks.bounds} == {
        "tool_calls"
    }
    return counts_calls or rule.reaches(Direction.REQUEST)


def _narrowed(rule: Rule) -> Rule:
    """Rules that only requests can meet do not keep answers waiting."""
    if isinstance(rule.looks, Exceeds):
        if any(name == "tool_calls" for name, _ in rule.looks.bounds):
            return rule
        return replace(rule, directions=frozenset((Direction.REQUEST,)), calls_only=False)
    if isinstance(rule.looks, ToolsChanged):
        return replace(rule, directions=frozenset((Direction.REQUEST,)), calls_only=False)
    return rule


def _check_catalogue(at: At, rule: Rule, catalogue: Catalogue | None) -> None:
    if catalogue is None or rule.looks is not None:
        return
    if rule.detector not in catalogue:
        known = ", ".join(sorted(catalogue))
        raise (at / "detector").wrong(f"is not part of this build, which has {known}")
    for category in sorted(rule.categories - catalogue[rule.detector]):
        known = ", ".join(sorted(catalogue[rule.detector]))
        raise (at / "category").wrong(f"{category!r} is no category of {rule.detector}; known are {known}")


def _check_ids(at: At, rules: tuple[Rule, ...]) -> None:
    seen: set[str] = set()
    for index, rule in enumerate(rules):
        if rule.id in seen:
            raise (at / "rules" / index / "id").wrong(f"the id {rule.id!r} is used twice")
        seen.add(rule.id)


def _check_sizes(at: At, rules: tuple[Rule, ...]) -> None:
    if len(rules) > MOST_RULES:
        raise (at / "rules").wrong(f"must have at most {MOST_RULES} rules, included ones counted")
    expressions = sum(len(rule.looks.expressions) for rule in rules if isinstance(rule.looks, Patterns))
    if expressions > MOST_EXPRESSIONS:
        raise (at / "rules").wrong(f"must have at most {MOST_EXPRESSIONS} patterns in all")


def _examples(at: At, found: tuple[Mapping[str, Any], ...], ids: set[str]) -> Iterator[Example]:
    for index, example in enumerate(found):
        here = at / index
        if ("text" in example) == ("request" in example):
            raise here.wrong("must have either text or request")
        if "surface" in example and "request" in example:
            raise (here / "surface").wrong("is for a text; a request says itself where its texts stand")
        if "rule" in example and example["rule"] not in ids:
            raise (here / "rule").wrong("is the id of no rule of this policy")
        yield Example(
            expect=Action[example["expect"].upper()],
            text=example.get("text", ""),
            surface=example.get("surface", "user"),
            rule=example.get("rule"),
            model=example.get("model", ""),
            request=example.get("request"),
            line=here.line,
        )
