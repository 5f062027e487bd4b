"""What was measured and on what machine."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


def machine() -> dict[str, Any]:
    """The facts beside which a figure has to be read."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def load_average() -> float:
    """Over the last minute; the measurement itself adds one or two."""
    return round(os.getloadavg()[0], 2)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def show(title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """A table; the columns are the keys of the first row."""
    table = Table(title=title)
    for name in rows[0]:
        table.add_column(name, justify="left" if name == next(iter(rows[0])) else "right")
    for row in rows:
        table.add_row(*(_text(value) for value in row.values()))
    Console(width=None if os.isatty(1) else 140).print(table)


def save(file: Path | None, document: Mapping[str, Any]) -> None:
    if file is not None:
        file.write_text(json.dumps(document, indent=2) + "\n")


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}" if abs(value) < 100 else f"{value:,.0f}"
    return "" if value is None else str(value)
