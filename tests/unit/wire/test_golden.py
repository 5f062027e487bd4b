"""Golden cases: documented bodies and streams, and what is read in them.

A case is a file under tests/golden/<format>/; `LLM_GATEWAY_GOLDEN=write` writes what is read now into
it, to be reviewed as a change. Laws that hold for every case whatever it says are checked here too:
no text escapes, and an edit changes nothing else.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import orjson
import pytest

from llm_gateway.domain.errors import GatewayError
from llm_gateway.domain.text import Path, SegmentKind, dotted
from llm_gateway.wire import json_text
from llm_gateway.wire.format import ReadAnswer, ReadRequest, StreamEvent, WireFormat
from llm_gateway.wire.formats import FORMATS

GOLDEN = File(__file__).parents[2] / "golden"
WRITE = os.environ.get("LLM_GATEWAY_GOLDEN") == "write"
CANARY = "please read this canary sentence"

STREAMED = ("openai_chat", "openai_responses", "anthropic_messages", "gemini_generate")
CASES = sorted(GOLDEN.glob("*/*.json"))


def _named(kind: str) -> list[Any]:
    return [
        pytest.param(file.parent.name, case, id=f"{file.parent.name}-{file.stem}")
        for file in CASES
        if (case := json.loads(file.read_text()))["kind"] == kind
    ]


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_reads_as_recorded(file: File) -> None:
    """A case is read as its file says."""
    case = json.loads(file.read_text())

    found = json.loads(json.dumps(_read(FORMATS[file.parent.name], case)))

    if WRITE:
        file.write_text(json.dumps(case | {"expected": found}, ensure_ascii=False, indent=1) + "\n")
    assert WRITE or found == case["expected"]


def test_every_format_has_forty_cases() -> None:
    """The documented shapes of a format take at least forty cases, five for those that carry little."""
    few = {
        name: count
        for name in FORMATS
        if (count := len(list((GOLDEN / name).glob("*.json")))) < (40 if name in STREAMED else 5)
    }

    assert few == {}


@pytest.mark.parametrize(("name", "case"), _named("request") + _named("answer"))
def test_no_string_escapes(name: str, case: dict[str, Any]) -> None:
    """Whatever sentence stands in whatever string of a body, it is in some segment."""
    missed = []
    for path, body in _poisoned(case["body"]):
        try:
            read = _read_body(FORMATS[name], case["kind"], body)
        except GatewayError:
            continue
        if not any(CANARY in segment.text for segment in read.segments):
            missed.append(dotted(path))

    assert missed == []


@pytest.mark.parametrize(("name", "case"), _named("stream"))
def test_no_string_of_a_stream_escapes(name: str, case: dict[str, Any]) -> None:
    """Whatever sentence stands in whatever string of an event, it is in some delta."""
    missed = []
    for at, raw in enumerate(case["stream"]):
        for path, poisoned in _poisoned_event(raw):
            pieces = [*case["stream"][:at], poisoned, *case["stream"][at + 1 :]]
            try:
                events = _events(FORMATS[name], "".join(pieces).encode())
            except GatewayError:
                continue
            if not any(CANARY in delta.text for event in events for delta in event.deltas):
                missed.append(f"{at}: {dotted(path)}")

    assert missed == []


@pytest.mark.parametrize(("name", "case"), _named("request") + _named("answer"))
def test_an_edit_changes_its_string_and_nothing_else(name: str, case: dict[str, Any]) -> None:
    """Every text segment can be replaced in the bytes; read again, only that text has changed."""
    raw = orjson.dumps(case["body"])
    for segment in _read_body(FORMATS[name], case["kind"], case["body"]).segments:
        if segment.kind is not SegmentKind.TEXT:
            continue
        edited = json_text.edit(raw, case["body"], {segment.path: "✂ edited"})

        assert orjson.loads(edited) == _replaced(case["body"], segment.path, "✂ edited")


@pytest.mark.parametrize(("name", "case"), _named("stream"))
def test_chunk_borders_carry_no_meaning(name: str, case: dict[str, Any]) -> None:
    """Byte by byte, a stream gives the same events, and all events together are the stream."""
    raw = "".join(case["stream"]).encode()

    whole = _events(FORMATS[name], raw)

    assert _events(FORMATS[name], raw, size=1) == whole
    assert b"".join(event.raw for event in whole) == raw


@pytest.mark.parametrize(("name", "case"), _named("stream"))
def test_deltas_can_be_edited(name: str, case: dict[str, Any]) -> None:
    """Every delta with a path can be replaced in its event, which stays an event with that text."""
    events = _events(FORMATS[name], "".join(case["stream"]).encode())
    for event in events:
        for delta in event.deltas:
            if delta.path:
                edited = event.edited({delta.path: "✂ edited"})

                assert "✂ edited".encode() in edited
                assert edited.rstrip().endswith(event.raw.rstrip()[-1:])


def _read(speaks: WireFormat, case: dict[str, Any]) -> dict[str, Any]:
    if case["kind"] == "stream":
        return _read_stream(speaks, "".join(case["stream"]).encode())
    if case["kind"] == "refused":
        with pytest.raises(GatewayError) as caught:
            speaks.read_request(json_text.parse(json.dumps(case["body"]).encode()))
        return {"code": caught.value.code, "param": caught.value.param, "message": caught.value.message}
    read = _read_body(speaks, case["kind"], case["body"])
    found: dict[str, Any] = {
        "segments": [
            [dotted(s.path), s.provenance.value, s.role, s.kind.value, s.text] for s in read.segments
        ],
        "skipped": [[dotted(s.path), s.reason] for s in read.skipped],
        "model": read.model,
    }
    if isinstance(read, ReadRequest):
        return found | {"stream": read.stream}
    return found | {"usage": list(read.usage) if read.usage else None}


def _read_body(speaks: WireFormat, kind: str, body: Any) -> ReadRequest | ReadAnswer:
    return speaks.read_request(body) if kind == "request" else speaks.read_answer(body)


def _read_stream(speaks: WireFormat, raw: bytes) -> dict[str, Any]:
    events = _events(speaks, raw)
    texts: dict[Path, list[str]] = {}
    for event in events:
        for delta in event.deltas:
            said = texts.setdefault((delta.provenance.value, *delta.channel), [])
            said.append(delta.text + ("‖" if delta.whole else ""))
    usage = [list(event.usage) for event in events if event.usage]
    return {
        "texts": [[dotted(channel), "|".join(pieces)] for channel, pieces in texts.items()],
        "closed": [dotted(channel) for event in events for channel in event.closed],
        "usage": usage,
        "models": sorted({event.model for event in events if event.model}),
        "last": [at for at, event in enumerate(events) if event.last],
        "failed": [at for at, event in enumerate(events) if event.failed],
    }


def _events(speaks: WireFormat, raw: bytes, size: int = 1 << 30) -> list[StreamEvent]:
    reader = speaks.stream_reader()
    events: list[StreamEvent] = []
    for start in range(0, len(raw), size):
        events += reader.feed(raw[start : start + size])
    return events + reader.end()


def _poisoned(body: Any) -> Iterator[tuple[Path, Any]]:
    """The body once with the canary in place of each string, and once with one more in each object."""
    for path, value in _walk(body, ()):
        if isinstance(value, str):
            yield path, _replaced(body, path, CANARY)
        elif isinstance(value, dict):
            yield (*path, "unheard_of"), _replaced(body, path, value | {"unheard_of": [CANARY]})
            yield (*path, CANARY), _replaced(body, path, value | {CANARY: 1})
        elif value is None:
            yield path, _replaced(body, path, {"unheard_of": CANARY})


def _poisoned_event(raw: str) -> Iterator[tuple[Path, str]]:
    head, mark, data = raw.partition("data: ")
    try:
        value = json.loads(data)
    except json.JSONDecodeError:
        return
    for path, poisoned in _poisoned(value):
        yield path, head + mark + json.dumps(poisoned) + "\n\n"


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _walk(child, (*path, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _walk(child, (*path, index))


def _replaced(body: Any, path: Path, value: Any) -> Any:
    """A copy of the body with another value at the path; what the path does not touch is shared."""
    if not path:
        return value
    whole = body.copy()
    whole[path[0]] = _replaced(body[path[0]], path[1:], value)
    return whole
