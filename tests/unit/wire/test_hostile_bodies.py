"""Golden cases with parts of the wrong type in them: nothing but a typed error ever comes of it."""

import json
import random
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest

from llm_gateway.domain.errors import BadRequest, UpstreamFailed
from llm_gateway.domain.text import Path
from llm_gateway.wire.formats import FORMATS
from llm_gateway.wire.translation import CODECS, Translation

GOLDEN = File(__file__).parents[2] / "golden"
FILES = sorted(GOLDEN.glob("*/*.json"))
JUNK: list[Any] = [
    None,
    True,
    5,
    -1.5,
    "",
    "x",
    [],
    {},
    [1],
    ["a"],
    {"a": 1},
    [[]],
    [{}],
    {"type": "text"},
    {"type": 5},
]
ROUNDS = 6


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_junk_gives_a_typed_error_or_none(file: File) -> None:
    """Reading and translating a body with junk in it either works or raises the side's own error."""
    case = json.loads(file.read_text())
    draw = random.Random(file.stem)
    for _ in range(ROUNDS):
        if case["kind"] == "stream":
            _try_stream(file.parent.name, _spoiled_stream(case["stream"], draw))
        elif case["kind"] == "answer":
            _try_answer(file.parent.name, _spoiled(case["body"], draw))
        else:
            _try_request(file.parent.name, _spoiled(case["body"], draw))


def _try_request(wire: str, body: Any) -> None:
    try:
        assert FORMATS[wire].read_request(body).segments is not None
        for target in CODECS if wire in CODECS else ():
            json.dumps(Translation(wire, target).request(body, model="m", stream=False).body)
    except BadRequest:
        return


def _try_answer(wire: str, body: Any) -> None:
    try:
        assert FORMATS[wire].read_answer(body).segments is not None
        for client in CODECS if wire in CODECS else ():
            answer = Translation(client, wire).answer(body, created=1).body
            assert FORMATS[client].read_answer(answer).segments is not None
    except UpstreamFailed:
        return


def _try_stream(wire: str, raw: bytes) -> None:
    try:
        reader = FORMATS[wire].stream_reader()
        assert reader.feed(raw) + reader.end()
        for client in CODECS if wire in CODECS else ():
            translating = Translation(client, wire).stream_reader("r", created=1, count=True)
            assert translating.feed(raw) + translating.end()
    except UpstreamFailed:
        return


def _spoiled_stream(pieces: list[str], draw: random.Random) -> bytes:
    at = draw.randrange(len(pieces))
    head, mark, data = pieces[at].partition("data: ")
    try:
        value = json.loads(data)
    except json.JSONDecodeError:
        return "".join(pieces).encode()
    spoiled = head + mark + json.dumps(_spoiled(value, draw)) + "\n\n"
    return "".join([*pieces[:at], spoiled, *pieces[at + 1 :]]).encode()


def _spoiled(body: Any, draw: random.Random) -> Any:
    for _ in range(draw.choice([1, 1, 2])):
        path = draw.choice(list(_paths(body, ())))
        body = _replaced(body, path, draw.choice(JUNK))
    return body


def _paths(value: Any, path: Path) -> Iterator[Path]:
    yield path
    children = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    for step, child in children:
        yield from _paths(child, (*path, step))


def _replaced(body: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    whole = body.copy()
    whole[path[0]] = _replaced(body[path[0]], path[1:], value)
    return whole
