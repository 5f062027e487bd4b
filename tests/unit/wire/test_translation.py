"""Translation between the formats, over all golden cases.

there            what the other format cannot say is refused by name, never left out silently
there and back   what is lost is listed in docs/translation.md, which these tests write when
                 LLM_GATEWAY_GOLDEN=write, and compare otherwise
same format      nothing is lost
"""

import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import orjson
import pytest

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path, dotted
from llm_gateway.wire.formats import FORMATS
from llm_gateway.wire.gemini.normal import normal
from llm_gateway.wire.translation import CODECS, Translation
from llm_gateway.wire.writing import TITLES, Writer

ROOT = File(__file__).parents[3]
WRITE = os.environ.get("LLM_GATEWAY_GOLDEN") == "write"
WIRES = list(CODECS)
PAIRS = [(one, other) for one in WIRES for other in WIRES if one != other]


def _cases(wire: str, kind: str) -> list[tuple[str, dict[str, Any]]]:
    files = sorted((ROOT / "tests" / "golden" / wire).glob(f"{kind}_*.json"))
    return [(file.stem, json.loads(file.read_text())) for file in files]


def _params(kind: str) -> list[Any]:
    return [
        pytest.param(wire, case, id=f"{wire}-{name}") for wire in WIRES for name, case in _cases(wire, kind)
    ]


def _request(wire: str, body: Any, target: str) -> tuple[Any, Writer]:
    writer = Writer(wire, target)
    return CODECS[target].write_request(CODECS[wire].parse_request(body), writer), writer


@pytest.mark.parametrize(("wire", "case"), _params("request"))
def test_a_request_survives_its_own_canonical_form(wire: str, case: dict[str, Any]) -> None:
    """Read into the conversation and written back, a request says all it said, unknown fields included."""
    written, writer = _request(wire, case["body"], wire)

    assert _form(wire, written) == _form(wire, case["body"])
    assert writer.dropped == []


@pytest.mark.parametrize(("wire", "case"), _params("answer"))
def test_an_answer_survives_its_own_canonical_form(wire: str, case: dict[str, Any]) -> None:
    """Read into the answer and written back, it says all it said."""
    written = Translation(wire, wire).answer(case["body"], created=1)

    assert _form(wire, written.body) == _form(wire, case["body"])
    assert written.dropped == ()


@pytest.mark.parametrize(("wire", "target"), PAIRS)
def test_what_cannot_be_carried_over_is_named(wire: str, target: str) -> None:
    """Every case is either a request that the other format takes, or refused by a field it has."""
    for name, case in _cases(wire, "request"):
        written = _attempt(wire, case["body"], target)
        if isinstance(written, BadRequest):
            assert written.code == "untranslatable"
            assert _stands_in(str(written.param), case["body"]), f"{name}: {written.param}"
        else:
            FORMATS[target].read_request(json.loads(json.dumps(written)))


def test_the_documented_losses_are_the_losses() -> None:
    """docs/translation.md says for each pair of formats what is refused, left out, and changed."""
    page = ROOT / "docs" / "translation.md"
    text = _documentation()

    if WRITE:
        page.write_text(text)
    assert page.read_text() == text


@pytest.mark.parametrize(
    ("wire", "target", "body", "param"),
    [
        ("openai_chat", "anthropic_messages", {"seed": 7}, "seed"),
        ("openai_chat", "anthropic_messages", {"n": 2}, "n"),
        ("openai_chat", "openai_responses", {"stop": "x"}, "stop"),
        ("openai_chat", "openai_responses", {"presence_penalty": 0.5}, "presence_penalty"),
        ("openai_chat", "gemini_generate", {"parallel_tool_calls": False}, "parallel_tool_calls"),
        ("openai_chat", "gemini_generate", {"reasoning_effort": "xhigh"}, "reasoning_effort"),
        (
            "openai_chat",
            "anthropic_messages",
            {"response_format": {"type": "json_object"}},
            "response_format",
        ),
        ("openai_chat", "anthropic_messages", {"unheard_of": 1}, "unheard_of"),
        ("anthropic_messages", "openai_chat", {"top_k": 5}, "top_k"),
        (
            "anthropic_messages",
            "openai_chat",
            {"thinking": {"type": "enabled", "budget_tokens": 2000}},
            "thinking.budget_tokens",
        ),
        ("anthropic_messages", "openai_responses", {"stop_sequences": ["x"]}, "stop_sequences"),
        ("anthropic_messages", "gemini_generate", {"mcp_servers": [{"url": "u"}]}, "mcp_servers"),
        ("openai_responses", "openai_chat", {"previous_response_id": "resp_1"}, "previous_response_id"),
        ("openai_responses", "anthropic_messages", {"tools": [{"type": "web_search"}]}, "tools[0]"),
        ("gemini_generate", "openai_chat", {"generationConfig": {"topK": 5}}, "generationConfig.topK"),
        ("gemini_generate", "openai_chat", {"cachedContent": "cachedContents/a"}, "cachedContent"),
        ("gemini_generate", "openai_chat", {"tools": [{"googleSearch": {}}]}, "tools[0].googleSearch"),
        (
            "gemini_generate",
            "anthropic_messages",
            {"generationConfig": {"responseModalities": ["AUDIO"]}},
            "generationConfig.responseModalities",
        ),
    ],
)
def test_refused_by_the_name_the_client_knows(
    wire: str, target: str, body: dict[str, Any], param: str
) -> None:
    """A field that would change the answer is refused under the name it has in the client's format."""
    with pytest.raises(BadRequest, match="cannot be carried over") as caught:
        Translation(wire, target).request(_minimal(wire) | body, model="m", stream=False)

    assert caught.value.param == param


@pytest.mark.parametrize(("wire", "target"), PAIRS)
def test_what_happens_anyway_is_no_reason_to_refuse(wire: str, target: str) -> None:
    """Values that say the usual thing pass, and are not called dropped."""
    usual: dict[str, dict[str, Any]] = {
        "openai_chat": {"n": 1, "store": False, "logprobs": False, "response_format": {"type": "text"}},
        "openai_responses": {
            "truncation": "disabled",
            "background": False,
            "text": {"format": {"type": "text"}},
        },
        "anthropic_messages": {"thinking": {"type": "adaptive"}, "service_tier": "auto"},
        "gemini_generate": {"generationConfig": {"candidateCount": 1}, "safetySettings": []},
    }

    assert (
        Translation(wire, target).request(_minimal(wire) | usual[wire], model="m", stream=False).dropped == ()
    )


def test_the_older_name_of_the_limit() -> None:
    """Some chat providers know only the older name."""
    there = Translation("anthropic_messages", "openai_chat", older_limit=True)

    assert there.request(_minimal("anthropic_messages"), model="m", stream=False).body["max_tokens"] == 9


def test_hints_are_dropped_and_named() -> None:
    """Caching and labels change no answer: they are left out, and said to be."""
    body = _minimal("anthropic_messages") | {
        "system": [{"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}]
    }

    assert Translation("anthropic_messages", "openai_chat").request(
        body, model="m", stream=False
    ).dropped == ("system[0].cache_control",)


def test_googles_numbers_may_be_strings() -> None:
    """As its own JSON allows."""
    config = {"maxOutputTokens": "100", "temperature": "0.5"}
    body = (
        Translation("gemini_generate", "openai_chat")
        .request(_minimal("gemini_generate") | {"generationConfig": config}, model="m", stream=False)
        .body
    )

    assert (body["max_completion_tokens"], body["temperature"]) == (100, 0.5)


def test_a_string_that_is_no_number_is_refused() -> None:
    """A typed error, not a guess."""
    with pytest.raises(BadRequest):
        Translation("gemini_generate", "openai_chat").request(
            _minimal("gemini_generate") | {"generationConfig": {"seed": "soon"}}, model="m", stream=False
        )


def test_calls_are_linked_where_a_format_has_no_ids() -> None:
    """Two calls of one name and their results, in order, get ids that belong together."""
    call = {"functionCall": {"name": "f", "args": {}}}
    contents = [
        {"role": "user", "parts": [{"text": "x"}]},
        {"role": "model", "parts": [call, call]},
        {
            "role": "user",
            "parts": [
                {"functionResponse": {"name": "f", "response": {"result": text}}} for text in ("one", "two")
            ],
        },
    ]
    body = (
        Translation("gemini_generate", "openai_chat")
        .request({"contents": contents}, model="m", stream=False)
        .body
    )

    ids = [call["id"] for call in body["messages"][1]["tool_calls"]]
    assert len(set(ids)) == 2
    assert [(m["tool_call_id"], m["content"]) for m in body["messages"][2:]] == [
        (ids[0], "one"),
        (ids[1], "two"),
    ]


def test_calls_with_and_without_ids_are_not_mixed_up() -> None:
    """An id that a client chose is not given again, and a result by name is that of the call still open."""
    calls = [{"functionCall": {"name": "f", "args": {}, **extra}} for extra in ({"id": "call_0"}, {}, {})]
    results = [
        {"functionResponse": {"name": "f", "response": {"result": text}, **extra}}
        for text, extra in (("one", {"id": "call_0"}), ("two", {}), ("three", {}))
    ]
    contents = [
        {"role": "user", "parts": [{"text": "x"}]},
        {"role": "model", "parts": calls},
        {"role": "user", "parts": results},
    ]
    body = (
        Translation("gemini_generate", "openai_chat")
        .request({"contents": contents}, model="m", stream=False)
        .body
    )

    assert [call["id"] for call in body["messages"][1]["tool_calls"]] == ["call_0", "call_1", "call_2"]
    assert [m["tool_call_id"] for m in body["messages"][2:]] == ["call_0", "call_1", "call_2"]


def test_many_calls_take_linear_time() -> None:
    """Ten thousand calls of one name, and their results, one turn each."""
    contents: list[dict[str, Any]] = [{"role": "user", "parts": [{"text": "x"}]}]
    for _ in range(10_000):
        contents.append({"role": "model", "parts": [{"functionCall": {"name": "f", "args": {}}}]})
    for _ in range(10_000):
        contents.append({"role": "function", "parts": [{"functionResponse": {"name": "f", "response": {}}}]})
    start = time.process_time()

    Translation("gemini_generate", "anthropic_messages").request(
        {"contents": contents}, model="m", stream=False
    )

    assert time.process_time() - start < 5


def test_a_step_of_another_models_calls_is_signed_for_gemini() -> None:
    """Gemini asks for a signature on the first call of a step, and has one for calls it did not make."""
    calls = [
        {"id": f"c{n}", "type": "function", "function": {"name": "f", "arguments": "{}"}} for n in (1, 2)
    ]
    messages = [{"role": "user", "content": "x"}, {"role": "assistant", "tool_calls": calls}]
    body = (
        Translation("openai_chat", "gemini_generate")
        .request({"model": "m", "messages": messages}, model="m", stream=False)
        .body
    )

    assert ["thoughtSignature" in part for part in body["contents"][1]["parts"]] == [True, False]


def test_a_signature_travels_through_a_chat_client() -> None:
    """A chat client gets Gemini's signature with the call, and hands it back."""
    said = {"functionCall": {"name": "f", "args": {}}, "thoughtSignature": "c2lnbmF0dXJl"}
    answer = {"candidates": [{"content": {"role": "model", "parts": [said]}, "finishReason": "STOP"}]}
    there = Translation("openai_chat", "gemini_generate")
    message = there.answer(answer, created=1).body["choices"][0]["message"]

    messages = [{"role": "user", "content": "x"}, message]
    back = there.request({"model": "m", "messages": messages}, model="m", stream=False).body
    assert back["contents"][1]["parts"][0]["thoughtSignature"] == "c2lnbmF0dXJl"


def test_thoughts_of_earlier_turns_go_back_to_nobody_else() -> None:
    """Thinking and its signature are dropped, and named, on the way to another provider."""
    thinking = {"type": "thinking", "thinking": "hm", "signature": "c2ln"}
    messages = [
        {"role": "user", "content": "x"},
        {"role": "assistant", "content": [thinking, {"type": "text", "text": "y"}]},
    ]
    translated = Translation("anthropic_messages", "openai_chat").request(
        _minimal("anthropic_messages") | {"messages": messages}, model="m", stream=False
    )

    assert translated.body["messages"][1] == {"role": "assistant", "content": "y"}
    assert translated.dropped == ("messages[1].content[0]",)


@pytest.mark.parametrize(("wire", "target"), PAIRS)
def test_every_answer_is_an_answer_of_the_other_format(wire: str, target: str) -> None:
    """Whatever a provider answers, the client's format can read the translation, and the texts are there."""
    for name, case in _cases(wire, "answer"):
        translated = Translation(target, wire).answer(case["body"], created=1)
        read = FORMATS[target].read_answer(json.loads(json.dumps(translated.body)))
        before = FORMATS[wire].read_answer(case["body"])

        assert read.usage is None or read.usage == (before.usage or read.usage), name
        assert read.model == before.model


@pytest.mark.parametrize("client", [*WIRES, "gemini_generate_array"])
@pytest.mark.parametrize(
    ("wire", "raw"),
    [
        ("openai_chat", b'{"error":{"message":"Rate limit reached","type":"requests","code":null}}'),
        (
            "anthropic_messages",
            b'{"type":"error","error":{"type":"rate_limit_error","message":"Rate limit reached"}}',
        ),
        (
            "gemini_generate",
            b'[{"error":{"code":429,"message":"Rate limit reached","status":"RESOURCE_EXHAUSTED"}}]',
        ),
        ("openai_responses", b'{"detail":"Rate limit reached"}'),
    ],
)
def test_errors_keep_status_and_message(client: str, wire: str, raw: bytes) -> None:
    """The provider's error arrives in the client's dialect."""
    error = Translation(client, wire).error(429, raw, "req_1")

    assert error.status == 429
    assert b"Rate limit reached" in error.body


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"5", b'{"error":null}', b"\xff"])
def test_an_error_that_says_nothing_names_its_status(raw: bytes) -> None:
    """Whatever comes, the client gets an envelope."""
    body = orjson.loads(Translation("openai_chat", "gemini_generate").error(529, raw, "req_1").body)

    assert body["error"]["message"] == "The provider answered with status 529."


def _attempt(wire: str, body: Any, target: str) -> dict[str, Any] | BadRequest:
    try:
        return Translation(wire, target).request(body, model="m", stream=False).body
    except BadRequest as error:
        return error


def _minimal(wire: str) -> dict[str, Any]:
    bodies: dict[str, dict[str, Any]] = {
        "openai_chat": {"model": "m", "messages": [{"role": "user", "content": "x"}]},
        "openai_responses": {"model": "m", "input": "x"},
        "anthropic_messages": {"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "x"}]},
        "gemini_generate": {"contents": [{"role": "user", "parts": [{"text": "x"}]}]},
    }
    return bodies[wire]


def _form(wire: str, body: Any) -> Any:
    """The body in one spelling: what a format lets be said in two ways, said in one."""
    if wire == "gemini_generate":
        return _gemini_form(normal(body))
    value = _without_null(body)
    if wire == "openai_chat":
        if type(value.get("stop")) is str:
            value["stop"] = [value["stop"]]
        if "max_tokens" in value:
            value["max_completion_tokens"] = value.pop("max_tokens")
        for choice in value.get("choices", ()):
            choice["message"].setdefault("role", "assistant")
    return _plain(value)


def _plain(value: Any) -> Any:
    """One plain text part is a text; an address alone is a picture's."""
    if type(value) is list:
        return [_plain(item) for item in value]
    if type(value) is not dict:
        return value
    out = {name: _plain(child) for name, child in value.items()}
    for name in ("content", "system", "output"):
        part = out[name][0] if type(out.get(name)) is list and len(out[name]) == 1 else None
        if type(part) is dict and set(part) == {"type", "text"}:
            out[name] = part["text"]
    if out.get("type") == "image_url" and type(out.get("image_url")) is str:
        out["image_url"] = {"url": out["image_url"]}
    return out


def _gemini_form(value: dict[str, Any]) -> dict[str, Any]:
    for content in value.get("contents", ()):
        content.setdefault("role", "user")
    tools = [{name: tool} for group in value.get("tools", ()) for name, tool in group.items()]
    return value | ({"tools": tools} if tools else {})


def _without_null(value: Any) -> Any:
    if type(value) is list:
        return [_without_null(item) for item in value]
    if type(value) is dict:
        return {name: _without_null(child) for name, child in value.items() if child is not None}
    return value


def _stands_in(param: str, body: Any) -> bool:
    """Whether the body has the field, in either spelling."""
    return _leads(param, body) or _leads(param, normal(body))


def _leads(param: str, value: Any) -> bool:
    for step in re.findall(r"[^.\[\]]+", param):
        if type(value) is list and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif type(value) is dict and step in value:
            value = value[step]
        else:
            return False
    return True


def _documentation() -> str:
    return _INTRODUCTION + "".join(_section(wire, target) for wire, target in PAIRS)


def _section(wire: str, target: str) -> str:
    refused: set[str] = set()
    dropped: set[str] = set()
    changed: set[str] = set()
    for _, case in _cases(wire, "request"):
        try:
            there, writer = _request(wire, case["body"], target)
        except BadRequest as error:
            refused.add(_general(str(error.param)))
            continue
        dropped |= {_general(path) for path in writer.dropped}
        back, _ = _request(target, there, wire)
        before, after = _form(wire, case["body"]), _form(wire, back)
        changed |= {_general(line) for line in _differences(before, after, ())}
    changed -= {"`model` missing", "`model` changed", "`model` added", "`stream` missing"}
    lists = {"Refused": refused, "Left out, and said so": dropped, "Changed, there and back": changed}
    lines = [f"\n## From {TITLES[wire]} to {TITLES[target]}\n"]
    for title, found in lists.items():
        said = ", ".join(line if "`" in line else f"`{line}`" for line in sorted(found))
        lines.append(f"\n{title}: {said or 'nothing'}.\n")
    return "".join(lines)


def _general(path: str) -> str:
    return re.sub(r"\[\d+\]", "[]", path)


def _differences(before: Any, after: Any, path: Path) -> Iterator[str]:
    if type(before) is dict and type(after) is dict:
        for name in before | after:
            if name not in after:
                yield f"`{dotted((*path, name))}` missing"
            elif name not in before:
                yield f"`{dotted((*path, name))}` added"
            else:
                yield from _differences(before[name], after[name], (*path, name))
    elif type(before) is list and type(after) is list and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _differences(one, other, (*path, index))
    elif before != after:
        yield f"`{dotted(path)}` changed"


_INTRODUCTION = """# Translation between the formats

A client may speak one format and its provider another. Requests, answers, streams and errors are then
translated through one canonical conversation. In the same format nothing is translated: bytes pass as they
came.

This page is written from the golden cases by the tests: the names are those that occur in the cases.

- **Refused**: the field changes the answer and the other format has no word for it. The client gets a 400
  with the field's name (`code` `untranslatable`).
- **Left out, and said so**: hints that change no answer (caching, labels, ids of a provider's own items),
  and thoughts of earlier turns, which only their own provider can use.
- **Changed, there and back**: what a request loses when it is translated and translated back. Most of it is
  spelling: arguments are JSON text in one format and an object in another, a text may be a string or one
  part.

Two ways of saying the same in one format count as one: null and absence, a text and one text part, a single
stop text and a list of one, `max_tokens` and `max_completion_tokens`, Gemini's two spellings of every name.
"""
