"""The JSON Schema of policy documents, for editors that complete and check as one types."""

from typing import Any

from llm_gateway.policy.language import LOOKS, POLICY


def policy_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12."""
    schema = POLICY.schema()
    rule = schema["properties"]["rules"]["items"]
    rule["properties"]["when"]["oneOf"] = [{"required": [name]} for name in LOOKS]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Policy of the LLM Security Gateway",
        **schema,
    }
