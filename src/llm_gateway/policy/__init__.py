"""Policies: rules that turn findings into a verdict. Pure: findings in, verdict out.

model       what a policy is, immutable once parsed
document    reading the YAML document, with errors that name line and remedy
decide      findings → verdict
default.yaml   the policy of a fresh installation
"""

from llm_gateway.policy.decide import decide
from llm_gateway.policy.document import PolicyError, default_policy, parse_policy
from llm_gateway.policy.model import NO_POLICY, MaskStyle, Policy, Rule

__all__ = [
    "NO_POLICY",
    "MaskStyle",
    "Policy",
    "PolicyError",
    "Rule",
    "decide",
    "default_policy",
    "parse_policy",
]
