"""Every setting in words, for `serve --help` and docs/settings.md.

`python -m llm_gateway.settings.reference > docs/settings.md` writes the page.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import AliasChoices
from pydantic_core import PydanticUndefined

from llm_gateway.settings.model import Settings

_HEAD = """# Settings

Settings come from one file, `llm-gateway.toml` in the working directory (or the one named with
`--config`), and from environment variables. The environment wins over the file, command-line options
win over both. A setting that is unknown or wrong keeps the gateway from starting and is named.

In the file a setting goes by its name (`max_body_bytes = 1048576`); in the environment by the
variable beside it. Durations are seconds, sizes are bytes.

| setting | environment | default | meaning |
|---|---|---|---|
"""


class Entry(NamedTuple):
    """One setting."""

    name: str
    variables: tuple[str, ...]
    default: str
    meaning: str


def entries() -> Iterator[Entry]:
    """All settings in their order."""
    for name, field in Settings.model_fields.items():
        yield Entry(
            name, _variables(name, field.validation_alias), _shown(field.default), field.description or ""
        )


def page() -> str:
    """The page for docs."""
    rows = (
        f"| `{name}` | {', '.join(f'`{one}`' for one in variables)} | {default} | {meaning} |\n"
        for name, variables, default, meaning in entries()
    )
    return _HEAD + "".join(rows)


def _variables(name: str, alias: Any) -> tuple[str, ...]:
    if isinstance(alias, AliasChoices):
        return tuple(str(choice) for choice in alias.choices)
    return (f"LLM_GATEWAY_{name.upper()}",)


def _shown(default: Any) -> str:
    if default is None or default is PydanticUndefined or default == ():
        return "none"
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


if __name__ == "__main__":
    print(page(), end="")
