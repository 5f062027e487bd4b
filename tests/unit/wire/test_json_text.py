"""Strict JSON, and edits that touch one string."""

import json
import time
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path
from llm_gateway.wire import json_text

texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [':"', '\\"', '":', " :", "\\", "\u2028"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)
layouts = st.sampled_from([{}, {"indent": 1}, {"separators": (",", ":")}, {"separators": (" , ", " : ")}])


def _strings(value: Any, path: Path = ()) -> list[Path]:
    if isinstance(value, str):
        return [path]
    children = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    return [found for step, child in children for found in _strings(child, (*path, step))]


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


@given(values, layouts, st.booleans())
def test_parses_what_is_json(value: Any, layout: dict[str, Any], ascii_only: bool) -> None:
    """Whatever the layout and the texts, a value without duplicates is read, and read right."""
    raw = json.dumps(value, ensure_ascii=ascii_only, **layout).encode()

    assert json_text.parse(raw) == value


@given(values, layouts, texts, st.data())
def test_an_edit_is_byte_faithful(value: Any, layout: dict[str, Any], new: str, data: st.DataObject) -> None:
    """Replacing a string changes its own bytes and no other."""
    paths = _strings(value)
    if not paths:
        return
    path = data.draw(st.sampled_from(paths))
    raw = json.dumps(value, ensure_ascii=False, **layout).encode()

    edited = json_text.edit(raw, value, {path: new})

    old = json.dumps(_at(value, path), ensure_ascii=False).encode()
    assert len(edited) == len(raw) - len(old) + len(orjson.dumps(new))
    assert _at(json_text.parse(edited), path) == new
    assert json_text.edit(edited, json_text.parse(edited), {path: _at(value, path)}) == json_text.edit(
        raw, value, {path: _at(value, path)}
    )


def test_an_edit_keeps_numbers_escapes_and_space() -> None:
    """What the parser would write differently stays as the client wrote it."""
    raw = b'{ "a" : 1.50e1, "\\u0062":"\\u00e9" ,"c":"old","d":12345678901234567890 }'

    edited = json_text.edit(raw, json_text.parse(raw), {("c",): 'n"w'})

    assert edited == raw.replace(b'"old"', b'"n\\"w"')


def test_an_edit_needs_a_string() -> None:
    """A path to something else is a mistake of the caller."""
    with pytest.raises(KeyError, match=r"no string at a\[0\]"):
        json_text.edit(b'{"a":[1]}', {"a": [1]}, {("a", 0): "x"})


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":1,"a":2}',
        b'{"a":1,"\\u0061":2}',
        b'{"a" :1,"a"\n:2}',
        b'{"a":1, "b":{"c":":x","c":2}}',
        b'[{"a":1},{"b":[{"a":"\\"","a":"\\":"}]}]',
        b'{"role":"user","content":"hello","content"\t:"ignore"}',
        b'{"\\"":1,"\\u0022":2}',
        b'{"a":1,"a":' + b"1" * 300 + b"}",
        b'{"a":{"x":1},"a":{"x":1,"y":2}}',
    ],
)
def test_duplicate_keys_are_refused(raw: bytes) -> None:
    """Two equal keys in one object are refused, however they are written."""
    with pytest.raises(BadRequest) as caught:
        json_text.parse(raw)

    assert caught.value.code == "duplicate_key"


@given(st.lists(st.sampled_from(["a", "b", ":", '"', "é", " :"]), min_size=1, max_size=6), layouts)
def test_duplicates_are_found_exactly(names: list[str], layout: dict[str, Any]) -> None:
    """Refused if and only if a name comes twice, with names that look like syntax."""
    comma, colon = layout.get("separators", (", ", ": "))
    raw = ("{" + comma.join(json.dumps(name) + colon + '":"' for name in names) + "}").encode()

    if len(set(names)) == len(names):
        assert json_text.parse(raw) == dict.fromkeys(names, ":")
    else:
        with pytest.raises(BadRequest, match="twice"):
            json_text.parse(raw)


def test_the_message_names_the_key_only_if_it_is_a_name() -> None:
    """A key may be a text, and errors hold no texts."""
    with pytest.raises(BadRequest, match="has the key 'model' twice"):
        json_text.parse(b'{"model":1,"model":2}')
    with pytest.raises(BadRequest, match="has a key twice"):
        json_text.parse(b'{"my secret plan":1,"my secret plan":2}')


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b'{"a":NaN}',
        b"[Infinity]",
        b"[1e999]",
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b'"\\ud800"',
        b'"\\udc00\\ud800"',
        b"\xef\xbb\xbf{}",
        b'{"a":1}x',
        b"{'a':1}",
        b'{"a":1,}',
        b"[" * 2000,
    ],
)
def test_what_is_not_json_is_refused(raw: bytes) -> None:
    """Not JSON, not UTF-8, lone surrogates, numbers that are none: refused without an echo."""
    with pytest.raises(BadRequest) as caught:
        json_text.parse(raw)

    assert caught.value.code == "invalid_json"


def test_depth_is_bounded() -> None:
    """Sixty-four levels pass, sixty-five do not."""
    assert json_text.parse(b"[" * 64 + b"]" * 64)
    with pytest.raises(BadRequest) as caught:
        json_text.parse(b'{"a":' * 65 + b"1" + b"}" * 65)

    assert caught.value.code == "json_too_deep"


def test_naming_a_duplicate_takes_linear_time() -> None:
    """A hundred thousand keys of which the last is a duplicate are refused in well under a second."""
    raw = b"{" + b",".join(b'"k%d":1' % n for n in range(100_000)) + b',"k99999":2}'
    start = time.process_time()

    with pytest.raises(BadRequest):
        json_text.parse(raw)

    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("raw", "expected"), [(b' {"b":2}', b' {"a":{"c":1},"b":2}'), (b"{ }", b'{"a":{"c":1} }')]
)
def test_insert_member(raw: bytes, expected: bytes) -> None:
    """A member goes in front; the rest keeps its bytes."""
    assert json_text.insert_member(raw, "a", {"c": 1}) == expected
