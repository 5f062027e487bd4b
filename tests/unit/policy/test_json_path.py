"""The subset of JSON paths."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llm_gateway.policy.json_path import JsonPathError, parse_path

VALUE = {
    "to": ["a@x", "b@y"],
    "mail": {"to": "c@z", "cc": [{"to": "d@w"}], "n": 3, "on": True, "none": None},
    "odd name": "q",
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("path", "leaves"),
    [
        ("$.mail.to", ["c@z"]),
        ("$.to[1]", ["b@y"]),
        ("$.to[*]", ["a@x", "b@y"]),
        ("$.to", ["a@x", "b@y"]),
        ("$..to", ["a@x", "b@y", "c@z", "d@w"]),
        ("$['odd name']", ["q"]),
        ("$.mail.cc[0].to", ["d@w"]),
        ("$.mail.n", ["3"]),
        ("$.mail.on", ["true"]),
        ("$.mail.none", []),
        ("$.to[9]", []),
        ("$.nothing.here", []),
        ("$.mail.*", ["3", "c@z", "d@w", "true"]),
    ],
)
def test_leaves(path: str, leaves: list[str]) -> None:
    """Every scalar at or below the places that the path leads to."""
    assert sorted(parse_path(path).leaves(VALUE)) == leaves


@pytest.mark.parametrize(
    "path", ["", "to", "$.", "$.a[", "$.a[-1]", "$[?(@.a)]", "$.a b", "$..a..b", "$" + ".a" * 200]
)
def test_anything_else_is_refused(path: str) -> None:
    """No filters, no slices, no second descent."""
    with pytest.raises(JsonPathError):
        parse_path(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(JSON)
def test_no_value_breaks_a_path(value: object) -> None:
    """A path finds nothing in what has another shape."""
    for path in ("$", "$.a", "$[0]", "$[*]", "$..a", "$.*"):
        assert all(isinstance(leaf, str) for leaf in parse_path(path).leaves(value))
