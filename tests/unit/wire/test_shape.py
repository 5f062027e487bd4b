"""Types where a format has types."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llm_gateway.domain.errors import BadRequest
from llm_gateway.wire.shape import check, checker

SHAPE = {
    "name!": str,
    "many": [{"size": float}],
    "either": (str, [str]),
    "flag": bool,
    "free": dict,
    "n": int,
}
GOOD: dict[str, Any] = {
    "name": "x",
    "many": [{"size": 1}, {"size": 1.5, "more": [1]}],
    "either": ["a"],
    "free": {},
}


@pytest.mark.parametrize("extra", [{}, {"flag": None}, {"either": "a"}, {"unheard_of": object()}, {"n": 3}])
def test_what_fits_passes(extra: dict[str, Any]) -> None:
    """Null for optional members and unknown members are fine."""
    checker(SHAPE)(GOOD | extra)


@pytest.mark.parametrize(
    ("body", "param", "message"),
    [
        ([], "the body", "expected an object, got an array"),
        ({}, "name", "Missing required parameter: name."),
        ({"name": None}, "name", "Missing required parameter: name."),
        (GOOD | {"name": 5}, "name", "expected a string, got an integer"),
        (GOOD | {"many": [{}, {"size": "1"}]}, "many[1].size", "expected a number, got a string"),
        (GOOD | {"many": [None]}, "many[0]", "expected an object, got null"),
        (GOOD | {"either": 1}, "either", "expected a string or an array, got an integer"),
        (GOOD | {"either": ["a", 1]}, "either[1]", "expected a string, got an integer"),
        (GOOD | {"flag": 1}, "flag", "expected a boolean, got an integer"),
        (GOOD | {"n": True}, "n", "expected an integer, got a boolean"),
        (GOOD | {"n": 1.0}, "n", "expected an integer, got a number"),
    ],
)
def test_what_does_not_fit_is_named(body: Any, param: str, message: str) -> None:
    """The error names the field and both types, never the value."""
    with pytest.raises(BadRequest) as caught:
        checker(SHAPE)(body)

    assert message in caught.value.message
    assert caught.value.param == param


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "many", "either", "flag", "free", "n", "size"]), inner, max_size=5
        )
    ),
)


def _refuses(run: Any, *arguments: Any) -> bool:
    try:
        run(*arguments)
    except BadRequest:
        return True
    return False


@given(json_values)
def test_the_quick_check_says_what_the_thorough_one_says(value: Any) -> None:
    """The check that is run for every body refuses exactly what the naming one refuses."""
    assert _refuses(checker(SHAPE), value) == _refuses(check, value, SHAPE)
