"""Whatever a credentialed caller sends, the answer is his fault or ours to give, never a crash."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.web.admin.conftest import Desk

TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["openai", "openai_compatible", "demo", "active", "1h", "https://h/v1", "http://[::1", "https://h:٣/"]
    ),
)
VALUE = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        TEXT,
    ),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(TEXT, below, max_size=3)),
    max_leaves=5,
)
FIELDS = [
    "provider",
    "model",
    "models",
    "name",
    "provider_key",
    "target_api_key",
    "gateway_key",
    "base_url",
    "policy",
    "block_style",
    "store_bodies",
    "expires_at",
    "status",
    "grace",
]
BODY = st.dictionaries(st.sampled_from(FIELDS), VALUE, max_size=8)


@pytest.fixture(scope="module")
def kid(shared: Desk) -> str:
    return str(shared.create()["kid"])


@given(
    path=st.sampled_from(
        [
            "/generate-api-key",
            "/register-key",
            "/unregister-key",
            "/api/dashboard/api-keys",
            "/rotate",
            "PATCH",
        ]
    ),
    body=BODY,
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_body_crashes(shared: Desk, kid: str, path: str, body: dict[str, Any]) -> None:
    """Every body is answered with success or a named mistake."""
    one = f"/api/dashboard/api-keys/{kid}"
    method, address = ("PATCH", one) if path == "PATCH" else ("POST", path)
    answer = shared.admin.request(method, one + path if path == "/rotate" else address, json=body)

    assert answer.status_code in (200, 201, 400, 404, 409)
    if answer.status_code >= 400:
        assert answer.json()["error"]["code"]


@given(
    path=st.sampled_from(["/api/dashboard/api-keys", "/api/dashboard/records", "/api/dashboard/audit"]),
    query=st.dictionaries(st.sampled_from(["limit", "after", "before", "kid", "verdict"]), TEXT, max_size=4),
)
@settings(max_examples=30, deadline=None)
def test_no_query_crashes(shared: Desk, path: str, query: dict[str, str]) -> None:
    """Every query is answered with a page or a named mistake."""
    answer = shared.admin.get(path, params=query)

    assert answer.status_code in (200, 400)
