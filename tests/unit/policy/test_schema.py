"""The JSON Schema for editors says what the reader does."""

import json
from pathlib import Path
from typing import Any

from llm_gateway.policy import policy_schema
from llm_gateway.policy.library import documents
from llm_gateway.policy.yaml_text import read_yaml

FILE = Path(__file__).parents[3] / "docs" / "policy.schema.json"


def test_the_file_is_up_to_date() -> None:
    """Stale means: run `llm-gateway policy schema > docs/policy.schema.json`."""
    assert json.loads(FILE.read_text()) == json.loads(json.dumps(policy_schema()))


def test_every_member_is_explained_and_unknown_ones_are_refused() -> None:
    """An editor can complete with the meaning and mark typing mistakes."""
    for place in objects(policy_schema()):
        assert place["additionalProperties"] is False
        assert all(member["description"] for member in place["properties"].values())


def test_the_shipped_policies_have_only_members_of_the_schema() -> None:
    """What the reader takes is in the schema."""
    rule = policy_schema()["properties"]["rules"]["items"]["properties"]

    for text in documents().values():
        document = read_yaml(text).value
        assert document.keys() <= policy_schema()["properties"].keys()
        for written in document["rules"]:
            assert written.keys() <= rule.keys()
            assert written["when"].keys() <= rule["when"]["properties"].keys()


def objects(schema: Any) -> list[dict[str, Any]]:
    """Every object with members anywhere in the schema."""
    if isinstance(schema, list):
        return [one for item in schema for one in objects(item)]
    if not isinstance(schema, dict):
        return []
    here = [schema] if "additionalProperties" in schema else []
    return here + [one for item in schema.values() for one in objects(item)]
