"""A command whose help lists every setting."""

from typing import Any

import typer.core


class WithSettings(typer.core.TyperCommand):
    """Adds the settings to the help text; they are read only when help is asked for."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        from llm_gateway.settings.reference import entries

        with formatter.section("Settings (environment variable, default, meaning)"):
            formatter.write_dl(
                [(entry.variables[-1], f"[{entry.default}] {entry.meaning}") for entry in entries()]
            )
