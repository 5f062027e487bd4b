"""The cases of cases.yaml as values, and reading of what comes back."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FOLLOWING = b"GET /after HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True)
class Case:
    name: str
    sent: bytes
    statuses: tuple[int, ...]
    closes: bool

    @property
    def accepted(self) -> bool:
        return max(self.statuses) < 400


@cache
def all_cases() -> tuple[Case, ...]:
    groups = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
    return tuple(
        Case(f"{group}: {name}", _bytes(sent), tuple(statuses), group == "closing")
        for group, cases in groups.items()
        for name, sent, statuses in cases
    )


def _bytes(sent: str | list[str | list[str | int]]) -> bytes:
    """A string, or strings of which some are repeated."""
    parts = [sent] if isinstance(sent, str) else sent
    text = "".join(part if isinstance(part, str) else str(part[0]) * int(part[1]) for part in parts)
    return text.encode("latin-1")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def answers(raw: bytes) -> list[Answer]:
    """The final answers in `raw`, each with a Content-Length; interim ones are left out."""
    found = []
    while raw:
        head, end, raw = raw.partition(b"\r\n\r\n")
        line, *fields = head.decode("latin-1").split("\r\n")
        version, status = line.split(" ")[:2]
        assert (version, end) == ("HTTP/1.1", b"\r\n\r\n")
        if status.startswith("1"):
            continue
        headers = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
        length = int(headers["content-length"])
        assert len(raw) >= length
        found.append(Answer(int(status), headers, raw[:length]))
        raw = raw[length:]
    return found
