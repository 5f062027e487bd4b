"""Clean surroundings of every shape in which agents read text, with a place for something to stand in."""

import json
from collections.abc import Callable, Sequence
from random import Random

from training.phrases import SLOTS, fill

Carrier = Callable[[list[str], Random], str]
"""Takes paragraphs, one of which may be planted, and gives them the shape of a tool's answer."""


def mail(parts: list[str], random: Random) -> str:
    subject = random.choice(
        ("Re: Thursday", "Invoice 2231", "Photos", "Quick question", "Lease", "Offer", "Team lunch")
    )
    head = fill("From: {person} <{email}>\nSubject: ", random) + subject
    return head + "\n\n" + "\n\n".join(parts) + fill("\n\n{person}", random)


def mailbox(parts: list[str], random: Random) -> str:
    messages = [
        {
            "id": random.randrange(9000),
            "from": random.choice(SLOTS["email"]),
            "body": part,
            "read": random.random() < 0.5,
        }
        for part in parts
    ]
    return json.dumps(messages, ensure_ascii=False, indent=random.choice((None, 1)))


def yaml_mails(parts: list[str], random: Random) -> str:
    return "\n".join(
        f"- id_: '{random.randrange(99)}'\n  sender: {random.choice(SLOTS['email'])}\n"
        f"  body: {json.dumps(part)}\n"
        f"  status: read\n  timestamp: 2024-05-{random.randrange(10, 29)} {random.choice(SLOTS['time'])}"
        for part in parts
    )


def web_page(parts: list[str], random: Random) -> str:
    body = "".join(f"<p>{part}</p>\n" for part in parts)
    return f"<html><head><title>{random.choice(SLOTS['word'])}</title></head><body>\n{body}</body></html>"


def search(parts: list[str], random: Random) -> str:
    hits = [
        {"title": random.choice(SLOTS["word"]), "url": random.choice(SLOTS["url"]), "snippet": part}
        for part in parts
    ]
    return json.dumps({"results": hits, "took_ms": random.randrange(9, 400)}, ensure_ascii=False)


def record(parts: list[str], random: Random) -> str:
    names = ("description", "note", "comment", "summary", "review", "memo")
    fields = dict(zip(random.sample(names, len(names)), parts, strict=False))
    return json.dumps(
        {"id": random.randrange(10**6), "status": "ok", **fields, "score": random.random()},
        ensure_ascii=False,
    )


def log(parts: list[str], random: Random) -> str:
    return "\n".join(
        f"2025-0{random.randrange(1, 9)}-1{random.randrange(9)}T0{random.randrange(9)}:12:00Z "
        f"{random.choice(('INFO', 'WARN', 'DEBUG'))} {random.choice(('web', 'worker', 'db'))} {part}"
        for part in parts
    )


def code(parts: list[str], random: Random) -> str:
    mark = random.choice(("# ", "// ", "-- ", " * "))
    names = random.sample(("load", "total", "retry", "parse_row", "main", "close"), len(parts) % 6 or 1)
    blocks = ["\n".join(mark + line for line in part.split("\n")) for part in parts]
    return "\n\n".join(
        f"{block}\ndef {name}(value):\n    return value"
        for block, name in zip(blocks, names * 9, strict=False)
    )


def shell(parts: list[str], random: Random) -> str:
    return f"$ cat {random.choice(('README', 'notes.txt', 'issue.md'))}\n" + "\n".join(parts) + "\n$ "


def plain(parts: list[str], random: Random) -> str:
    return random.choice(("\n", "\n\n", " ")).join(parts)


def table(parts: list[str], random: Random) -> str:
    rows = "".join(
        f"| {random.randrange(999)} | {part} | {random.choice(SLOTS['time'])} |\n" for part in parts
    )
    return f"| id | text | time |\n|---|---|---|\n{rows}"


def chat_channel(parts: list[str], random: Random) -> str:
    return "\n".join(
        f"[{random.choice(SLOTS['time'])}] {random.choice(SLOTS['person'])}: {part}" for part in parts
    )


def tool_definition(parts: list[str], random: Random) -> str:
    name = random.choice(("get_weather", "add_note", "convert_currency", "search_docs", "list_events"))
    schema = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
    return json.dumps(
        {"name": name, "description": " ".join(parts), "parameters": schema}, ensure_ascii=False
    )


CARRIERS: tuple[Carrier, ...] = (
    mail, mailbox, yaml_mails, web_page, search, record, log, code, shell, plain, table, chat_channel,
    tool_definition,
)  # fmt: skip


def around(planted: str | None, paragraphs: Sequence[str], random: Random) -> tuple[str, int, int]:
    """A carrier with `planted` before, between or behind the paragraphs, and the span where it stands."""
    parts = list(paragraphs)
    if planted is not None:
        at = random.choice((0, len(parts), random.randrange(len(parts) + 1)))
        parts.insert(at, planted)
        if random.random() < 0.3:
            parts = _run_together(parts, at)
    text = random.choice(CARRIERS)(parts, random)
    return (text, *_find(planted, text))


def _run_together(parts: list[str], at: int) -> list[str]:
    """The planted part joined to its neighbour, as a sentence of the same paragraph."""
    if at > 0:
        return [*parts[: at - 1], parts[at - 1] + " " + parts[at], *parts[at + 1 :]]
    return [" ".join(parts[:2]), *parts[2:]]


def _find(planted: str | None, text: str) -> tuple[int, int]:
    if planted is None:
        return -1, -1
    escaped = json.dumps(planted, ensure_ascii=False)[1:-1]
    for shape in (planted, escaped, planted.split("\n")[0], escaped[:30]):
        start = text.find(shape)
        if start >= 0:
            return start, min(start + len(planted), len(text))
    return -1, -1
