"""Streams of every provider in every client's format, and what the official clients make of them."""

import json
import time
from collections.abc import Iterable
from pathlib import Path as File
from typing import Any

import pytest

from llm_gateway.domain.conversation import (
    CallPiece,
    CallStarted,
    Counted,
    Piece,
    ReasoningPiece,
    RefusalPiece,
    Stopped,
    TextPiece,
)
from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.domain.usage import Usage
from llm_gateway.wire.formats import FORMATS
from llm_gateway.wire.translation import CODECS, Translation
from tests.support.official_clients import anthropic_client, google_client, openai_client

GOLDEN = File(__file__).parents[2] / "golden"
WIRES = list(CODECS)
CLIENTS = [*WIRES, "gemini_generate_array"]
STREAMS = {
    (wire, file.stem): "".join(json.loads(file.read_text())["stream"]).encode()
    for wire in WIRES
    for file in sorted((GOLDEN / wire).glob("stream_*.json"))
    if file.stem != "stream_unterminated"
}


def _translated(client: str, wire: str, raw: bytes, size: int = 1 << 30) -> bytes:
    reader = Translation(client, wire).stream_reader("req_1", created=1, count=True)
    events = [event for at in range(0, len(raw), size) for event in reader.feed(raw[at : at + size])]
    return b"".join(event.raw for event in events + reader.end())


def _told(wire: str, raw: bytes) -> dict[str, Any]:
    """What a stream says, however it is cut into events."""
    reader = FORMATS[wire].stream_reader()
    pieces = CODECS[wire.removesuffix("_array")].pieces()
    events = reader.feed(raw) + reader.end()
    told = _gathered(piece for event in events for piece in pieces.pieces(event))
    return told | {"failed": any(event.failed for event in events)}


def _gathered(pieces: Iterable[Piece]) -> dict[str, Any]:
    told: dict[str, Any] = {"text": "", "thoughts": "", "calls": {}, "stop": None, "usage": None}
    for piece in pieces:
        if isinstance(piece, TextPiece | RefusalPiece):
            told["text"] += piece.text
        elif isinstance(piece, ReasoningPiece):
            told["thoughts"] += piece.text
        elif isinstance(piece, CallStarted):
            told["calls"][piece.key] = [piece.name, ""]
        elif isinstance(piece, CallPiece):
            told["calls"][piece.key][1] += piece.text
        elif isinstance(piece, Stopped):
            told["stop"] = piece.stop
        elif isinstance(piece, Counted):
            told["usage"] = piece.usage
    told["calls"] = [(name, json.loads(text or "{}")) for name, text in told["calls"].values()]
    return told


@pytest.mark.parametrize(("wire", "name"), STREAMS)
def test_a_translated_stream_tells_the_same(wire: str, name: str) -> None:
    """Text, thoughts, calls, reason, usage and failure arrive at every client; a refusal may become text."""
    raw = STREAMS[wire, name]
    before = _told(wire, raw)
    for client in CLIENTS:
        after = _told(client, _translated(client, wire, raw))
        if before["usage"] is None:
            assert after["usage"] in (None, Usage())
        incomparable = (
            {"usage", "stop"} if before["failed"] else {"usage"} if before["usage"] is None else set()
        )

        assert {name: said for name, said in after.items() if name not in incomparable} == {
            name: said for name, said in before.items() if name not in incomparable
        }


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("wire", WIRES)
def test_chunk_borders_carry_no_meaning(wire: str, client: str) -> None:
    """Fed byte by byte, the translated bytes are the same."""
    raw = STREAMS[wire, "stream_default"]

    assert _translated(client, wire, raw, size=1) == _translated(client, wire, raw)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("wire", WIRES)
def test_a_stream_cut_short_never_looks_complete(wire: str, client: str) -> None:
    """The provider closes in the middle: an error, and no end in what has gone out."""
    raw = STREAMS[wire, "stream_default"]
    reader = Translation(client, wire).stream_reader("req_1", created=1, count=True)
    events = reader.feed(raw[: len(raw) // 3])

    assert not any(event.last for event in events)
    with pytest.raises(UpstreamFailed):
        reader.end()


@pytest.mark.parametrize("client", WIRES)
@pytest.mark.parametrize("wire", WIRES)
def test_an_event_takes_little_time(wire: str, client: str) -> None:
    """Reading, translating and reading again take 0.3 ms an event at most (median of ten runs)."""
    piece = _repeatable(wire)
    reader = Translation(client, wire).stream_reader("req_1", created=1, count=True)
    times = []
    for _ in range(10):
        start = time.process_time()
        reader.feed(piece * 50)
        times.append((time.process_time() - start) / 50)

    assert sorted(times)[5] < 0.0003 * 3  # three times the bar: the machines of a suite are slow and shared


def _repeatable(wire: str) -> bytes:
    values: dict[str, Any] = {
        "openai_chat": {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"content": "word "}}]},
        "openai_responses": {
            "type": "response.output_text.delta",
            "item_id": "i",
            "output_index": 0,
            "content_index": 0,
            "delta": "word ",
        },
        "anthropic_messages": {
            "type": "content_block_delta",
            "index": 0,
            "delta": {"type": "text_delta", "text": "word "},
        },
        "gemini_generate": {"candidates": [{"content": {"role": "model", "parts": [{"text": "word "}]}}]},
    }
    return b"data: " + json.dumps(values[wire]).encode() + b"\n\n"


CHAT = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "up-1"}


def _rich(wire: str) -> bytes:
    """Thoughts, a text and two calls, as a chat provider and then as any other says them."""
    deltas: list[dict[str, Any]] = [
        {"role": "assistant", "content": ""},
        {"reasoning_content": "Let me see."},
        {"content": "I will "},
        {"content": "look."},
        {"tool_calls": [_call(0, "get_weather", "")]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '{"city": '}}]},
        {"tool_calls": [{"index": 0, "function": {"arguments": '"Paris"}'}}]},
        {"tool_calls": [_call(1, "get_time", '{"zone": "CET"}')]},
    ]
    chunks = [{**CHAT, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    chunks.append({**CHAT, "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]})
    usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    chunks.append({**CHAT, "choices": [], "usage": usage})
    raw = b"".join(b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in chunks) + b"data: [DONE]\n\n"
    return raw if wire == "openai_chat" else _translated(wire, "openai_chat", raw)


def _call(index: int, name: str, arguments: str) -> dict[str, Any]:
    function = {"name": name, "arguments": arguments}
    return {"index": index, "id": f"call_{index}", "type": "function", "function": function}


@pytest.mark.parametrize("wire", WIRES)
def test_the_openai_client_assembles_a_chat(wire: str) -> None:
    """Its own helper puts text, both calls and the reason together."""
    client = openai_client(_translated("openai_chat", wire, _rich(wire)))
    with client.chat.completions.stream(model="m", messages=[]) as stream:
        choice = stream.get_final_completion().choices[0]

    assert (choice.message.content, choice.finish_reason) == ("I will look.", "tool_calls")
    calls = choice.message.tool_calls or []
    assert [(call.function.name, json.loads(call.function.arguments)) for call in calls] == [
        ("get_weather", {"city": "Paris"}),
        ("get_time", {"zone": "CET"}),
    ]


@pytest.mark.parametrize("wire", WIRES)
def test_the_openai_client_assembles_a_response(wire: str) -> None:
    """Its own helper accepts the order of events, and the final response holds everything."""
    client = openai_client(_translated("openai_responses", wire, _rich(wire)))
    with client.responses.stream(model="m", input="x") as stream:
        final = stream.get_final_response()

    assert final.output_text == "I will look."
    assert [item.type for item in final.output] == ["reasoning", "message", "function_call", "function_call"]
    assert final.usage is not None
    assert (final.usage.input_tokens, final.usage.output_tokens) == (11, 7)


@pytest.mark.parametrize("wire", WIRES)
def test_the_anthropic_client_assembles_a_message(wire: str) -> None:
    """Its own helper puts thinking, text and both calls together."""
    client = anthropic_client(_translated("anthropic_messages", wire, _rich(wire)))
    with client.messages.stream(model="m", max_tokens=9, messages=[]) as stream:
        message = stream.get_final_message()

    assert message.stop_reason == "tool_use"
    blocks = [block.to_dict() for block in message.content]
    assert [block["type"] for block in blocks] == ["thinking", "text", "tool_use", "tool_use"]
    assert [block["input"] for block in blocks[2:]] == [{"city": "Paris"}, {"zone": "CET"}]
    assert (message.usage.input_tokens, message.usage.output_tokens) == (11, 7)


@pytest.mark.parametrize("wire", WIRES)
def test_the_google_client_reads_the_chunks(wire: str) -> None:
    """Its parser accepts every chunk; text, thoughts, calls and usage are there."""
    client = google_client(_translated("gemini_generate", wire, _rich(wire)))
    chunks = list(client.models.generate_content_stream(model="m", contents="x"))

    parts = [
        part
        for chunk in chunks
        for candidate in chunk.candidates or []
        for part in (candidate.content.parts if candidate.content else None) or []
    ]
    assert "".join(part.text or "" for part in parts if not part.thought) == "I will look."
    assert "".join(part.text or "" for part in parts if part.thought) == "Let me see."
    calls = [part.function_call for part in parts if part.function_call]
    assert [call.args for call in calls] == [{"city": "Paris"}, {"zone": "CET"}]
    assert chunks[-1].usage_metadata is not None
    assert chunks[-1].usage_metadata.prompt_token_count == 11


@pytest.mark.parametrize("wire", WIRES)
def test_the_array_is_one_json_text(wire: str) -> None:
    """Whoever waits for all of it can parse it at once."""
    chunks = json.loads(_translated("gemini_generate_array", wire, _rich(wire)))

    assert chunks[-1]["candidates"][0]["finishReason"] == "STOP"


def test_a_sign_of_life_is_passed_on() -> None:
    """A provider's comments keep the client's connection alive, without their text."""
    raw = b": OPENROUTER PROCESSING\n\n"
    reader = Translation("anthropic_messages", "openai_chat").stream_reader("req_1", created=1, count=True)

    assert b"".join(event.raw for event in reader.feed(raw)) == b":\n\n"


def test_what_follows_the_end_is_not_translated() -> None:
    """After the end of an answer nothing more is said in the client's name."""
    raw = "".join(json.loads((GOLDEN / "openai_chat" / "stream_unterminated.json").read_text())["stream"])

    assert b"unseen" not in _translated("anthropic_messages", "openai_chat", raw.encode())


@pytest.mark.parametrize("client", WIRES)
def test_a_translated_failure_raises_in_the_client(client: str) -> None:
    """A provider's error in the middle ends the stream with the client's own error event."""
    raw = STREAMS["anthropic_messages", "stream_error"]
    reader = Translation(client, "anthropic_messages").stream_reader("req_1", created=1, count=True)
    events = reader.feed(raw)
    reader.end()

    assert [event.failed for event in events].count(True) == 1
    assert events[-1].failed
    assert b"Overloaded" in events[-1].raw
