"""Policies that ship: the default one, and ready ones to include."""

from collections.abc import Mapping
from importlib.resources import files


def shipped(name: str) -> str | None:
    """The document of a policy that ships; None when there is none of that name."""
    return documents().get(name)


def documents() -> Mapping[str, str]:
    """All of them by name."""
    policies = files("llm_gateway.policy")
    found = {"default": policies.joinpath("default.yaml").read_text("utf-8")}
    for file in sorted(policies.joinpath("library").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            found[file.name.removesuffix(".yaml")] = file.read_text("utf-8")
    return found
