"""The language of policies as tables: every field with its kind and its meaning.

Documents are read by these tables and `docs/policy.schema.json` is written from them.
"""

from llm_gateway.domain.text import Direction, Provenance
from llm_gateway.policy.expressions import LONGEST as LONGEST_EXPRESSION
from llm_gateway.policy.kinds import (
    Anything,
    Field,
    Name,
    Number,
    Objects,
    Record,
    Several,
    Switch,
    Text,
    Word,
    words,
)
from llm_gateway.policy.model import MaskStyle
from llm_gateway.policy.names import LONGEST
from llm_gateway.policy.structure import BOUNDED

MOST_RULES = 2_000
MOST_WORDS = 20_000
MOST_EXPRESSIONS = 1_000
LARGEST_BOUND = 1_000_000_000

DETECTORS = ("injection", "pii", "secrets", "exfiltration", "media", "script")

# A score of the injection detector has a fixed meaning (see guard.injection.calibration): the share of
# clean texts, in percent, that reach it.
PRESETS = {"strict": 0.7, "balanced": 0.8, "lenient": 0.9}
FALSE_POSITIVES = {"strict": 1.0, "balanced": 0.5, "lenient": 0.1}

SURFACES = ("user", "tool_result", "document", "tool_definition", "system", "output")
TOOL_CALL = "tool_call"
DIRECTIONS = (*(direction.value for direction in Direction), TOOL_CALL)

_name = Several(Text(LONGEST), 1_000)
_expression = Text(LONGEST_EXPRESSION)
_expressions = Several(_expression, MOST_EXPRESSIONS)

ALLOW = Record(
    "allow",
    {
        "values": Field(Several(Text(), MOST_WORDS), "Exact values, without regard to case."),
        "patterns": Field(_expressions, "RE2 patterns that match the whole of a value."),
        "hosts": Field(
            Several(Text(253), 1_000), "Hosts whose links and addresses are fine, and those below."
        ),
    },
)

ARGUMENT = Record(
    "argument",
    {
        "path": Field(
            Text(200), "JSON path into the arguments: $.to, $.items[*].url, $..url.", required=True
        ),
        "matches": Field(_expression, "RE2 pattern that is found in one of the values there."),
        "outside": Field(_expression, "RE2 pattern that one of the values there does not match as a whole."),
    },
)

EXCEEDS = Record(
    "bounds",
    {
        name: Field(Number(0, LARGEST_BOUND, whole=True), f"Most {meaning}.")
        for name, (meaning, _) in BOUNDED.items()
    },
)

LOOKS = {
    "detector": Field(Word(DETECTORS), "A detector whose findings count."),
    "keywords": Field(
        Several(Text(200), MOST_WORDS),
        "Whole words or phrases, without regard to case; a star at the end stands for any ending.",
    ),
    "pattern": Field(_expressions, "RE2 patterns of which one is found in a text."),
    "exceeds": Field(EXCEEDS, "Bounds of which one is exceeded."),
    "tools_outside": Field(
        _name, "The only tools that may be offered or called; a star stands for any text."
    ),
    "tool_changed": Field(Switch(), "A tool definition that differs from the one this key sent first."),
    "argument": Field(ARGUMENT, "A value among the arguments of a tool call."),
}
WHERE = {
    "provenance": Field(words([one.value for one in Provenance]), "Who wrote the text."),
    "direction": Field(
        words(DIRECTIONS), "To the provider, back from it, or only in the tool calls that come back."
    ),
    "surface": Field(_name, "API operations: openai.chat, anthropic.*"),
    "model": Field(_name, "Models that the provider is asked for: gpt-5*"),
    "tool": Field(_name, "Tools whose definitions, arguments or results the text belongs to."),
}
WHEN = Record(
    "condition",
    {
        **LOOKS,
        "category": Field(Several(Text(100), 200), "Categories of the detector; all when left out."),
        "score": Field(Number(0, 1), "Least score that counts."),
        "preset": Field(
            Word(tuple(PRESETS)),
            "Least score of the injection detector by the clean texts it costs: "
            + ", ".join(f"{name} {share:g} %" for name, share in FALSE_POSITIVES.items()),
        ),
        **WHERE,
    },
)
RULE = Record(
    "rule",
    {
        "id": Field(Name(), "Name of the rule, once per policy; records and errors tell it.", required=True),
        "description": Field(Text(2_000), "For people."),
        "when": Field(WHEN, "What the rule is about.", required=True),
        "then": Field(Word(("flag", "mask", "block")), "What happens then.", required=True),
        "style": Field(
            Word(tuple(style.value for style in MaskStyle)), "How a mask replaces what was found."
        ),
        "mode": Field(Word(("enforce", "monitor")), "A monitored rule is recorded and changes nothing."),
        "message": Field(Text(1_000), "For the caller, when this rule blocks."),
        "allow": Field(ALLOW, "What this rule never counts as found."),
    },
)
EXAMPLE = Record(
    "example",
    {
        "text": Field(Text(20_000), "A text to judge."),
        "request": Field(Anything(), "A whole OpenAI chat request to judge, in place of a text."),
        "surface": Field(Word(SURFACES), "Where the text stands; user when left out."),
        "model": Field(Text(LONGEST), "The model that is asked for."),
        "expect": Field(Word(("allow", "flag", "mask", "block")), "The verdict.", required=True),
        "rule": Field(Text(100), "The rule that decides."),
    },
)
POLICY = Record(
    "policy",
    {
        "name": Field(Name(), "Name of the policy.", required=True),
        "description": Field(Text(2_000), "For people."),
        "mode": Field(Word(("enforce", "monitor")), "Mode of the rules below that do not say their own."),
        "include": Field(
            Several(Text(100), 50),
            "Policies that ship with the gateway and whose rules hold as well; `default` among them. A "
            "rule of this document replaces an included one with the same id.",
        ),
        "allow": Field(ALLOW, "What no rule of this policy counts as found."),
        "rules": Field(Objects(RULE, MOST_RULES), "The rules; their order does not matter."),
        "examples": Field(Objects(EXAMPLE, 5_000), "The policy's own tests."),
    },
)
