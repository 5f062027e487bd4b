"""Durations as people write them."""

import re

from llm_gateway.domain.errors import BadRequest

_WRITTEN = re.compile(r"([0-9]{1,7})([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def parse_duration(text: str, field: str = "grace") -> float:
    """Seconds of `0`, `90`, `90s`, `15m`, `1h`, `7d`. Raises BadRequest naming the field."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise BadRequest(f"{field} must be a duration such as 0, 90s, 15m, 1h or 7d.", param=field)
    return float(int(match[1]) * _SECONDS[match[2]])
