"""Policies: rules that turn findings into a verdict. Pure: findings in, verdict out.

language    the fields of a policy document as tables; `kinds` reads by them, `schema` describes them
document    reading the YAML document, with errors that name line and remedy
model       what a policy is, immutable once parsed
looks       what rules look for by themselves; names, allow, expressions and json_path help
structure   facts of an exchange → findings
decide      findings → verdict
library     policies that ship; `default.yaml` is that of a fresh installation
"""

from llm_gateway.policy.decide import decide
from llm_gateway.policy.document import Catalogue, default_policy, parse_policy
from llm_gateway.policy.kinds import PolicyError
from llm_gateway.policy.model import NO_POLICY, NOWHERE, Example, MaskStyle, Place, Policy, Rule
from llm_gateway.policy.schema import policy_schema
from llm_gateway.policy.structure import structure

__all__ = [
    "NOWHERE",
    "NO_POLICY",
    "Catalogue",
    "Example",
    "MaskStyle",
    "Place",
    "Policy",
    "PolicyError",
    "Rule",
    "decide",
    "default_policy",
    "parse_policy",
    "policy_schema",
    "structure",
]
