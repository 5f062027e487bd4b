"""Instances of JSON schemas; pydantic, which also writes the schemas, is the judge."""

import contextlib
import time
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from llm_gateway.upstream.demo.leaves import SchemaRefused
from llm_gateway.upstream.demo.schema import MAX_VALUES, instance


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Node(BaseModel):
    name: str
    children: list["Node"]


class Chain(BaseModel):
    value: int
    following: "Chain | None"


class Order(BaseModel):
    title: Annotated[str, Field(min_length=3, max_length=40)]
    colour: Colour
    state: Literal["open", "closed"]
    amount: Annotated[float, Field(gt=2.5, lt=2.6)]
    count: Annotated[int, Field(ge=7, multiple_of=5)]
    below: Annotated[int, Field(lt=-4)]
    day: date
    tags: Annotated[list[str], Field(min_length=2, max_length=3)]
    pair: tuple[int, str]
    note: str | None
    node: Node
    chain: Chain


@pytest.mark.parametrize("model", [Order, Node, Chain])
def test_an_instance_fits_the_model_that_wrote_the_schema(model: type[BaseModel]) -> None:
    """Bounds, formats, enums, references and recursion are all met."""
    model.model_validate(instance(model.model_json_schema()))


@settings(deadline=None)
@given(st.integers(-50, 50), st.integers(0, 60), st.integers(1, 9), st.sampled_from(["integer", "number"]))
def test_a_number_is_within_its_bounds(low: int, width: int, step: int, kind: str) -> None:
    """Or the schema is refused, when no multiple lies within them."""
    high = low + width
    schema = {"type": kind, "minimum": low, "maximum": high, "multipleOf": step}
    exists = any(number % step == 0 for number in range(low, high + 1))
    if not exists:
        with pytest.raises(SchemaRefused):
            instance(schema)
        return

    value = instance(schema)

    assert low <= value <= high
    assert value % step == 0


def test_optional_objects_are_left_out_and_leaves_are_filled() -> None:
    """With nothing required, the answer still says something."""
    schema = {"properties": {"a": {"type": "integer"}, "b": {"type": "object"}}}

    assert instance(schema) == {"a": 1}


def test_a_guess_is_taken_only_where_it_fits() -> None:
    """A guess outside the bounds or the enum is dropped."""
    schema = {
        "required": ["a", "b", "c"],
        "properties": {
            "a": {"type": "integer", "maximum": 5},
            "b": {"type": "integer"},
            "c": {"enum": ["x"]},
        },
    }

    assert instance(schema, lambda _name, _schema: 9) == {"a": 1, "b": 9, "c": "x"}


LOOP = {"$ref": "#"}
BOMB: dict[str, Any] = {
    "$defs": {
        f"d{n}": {"type": "array", "minItems": 10, "items": {"$ref": f"#/$defs/d{n + 1}"}} for n in range(9)
    }
    | {"d9": {"type": "string"}},
    "$ref": "#/$defs/d0",
}


@pytest.mark.parametrize(
    "schema",
    [
        LOOP,
        BOMB,
        {"$ref": "#/$defs/none"},
        {"type": "array", "minItems": MAX_VALUES + 1},
        {"type": "string", "minLength": 10**9},
        {"type": "string", "minLength": 5, "maxLength": 4},
        {"type": "integer", "minimum": 1, "maximum": 0},
    ],
)
def test_a_schema_that_cannot_be_met_is_refused(schema: dict[str, Any]) -> None:
    """Loops, bombs, dangling references and empty ranges end in an error of their own."""
    with pytest.raises(SchemaRefused):
        instance(schema)


WRONG = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
WORDS = (
    "type properties required items prefixItems minItems maxItems enum anyOf oneOf allOf $ref minLength "
    "maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf format"
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(WORDS.split()), WRONG, max_size=5))
def test_wrong_types_anywhere_in_a_schema_do_no_harm(schema: dict[str, Any]) -> None:
    """A value or SchemaRefused, never another error."""
    with contextlib.suppress(SchemaRefused):
        instance(schema)


def test_wide_schemas_are_made_in_little_time() -> None:
    """A hundred thousand alternatives, referred to again and again, are not all looked at."""
    wide = {"anyOf": [{"type": "string"}] * 100_000, "enum": ["x"] * 100_000}
    schema = {
        "$defs": {"wide": wide},
        "type": "array",
        "minItems": 600,
        "items": {"$ref": "#/$defs/wide"},
    }
    started = time.perf_counter()

    instance(schema)

    assert time.perf_counter() - started < 2
