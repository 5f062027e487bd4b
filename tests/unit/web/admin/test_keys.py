from typing import Any

import pytest

from tests.support.control import CANARY
from tests.support.values import NOW
from tests.unit.web.admin.conftest import Desk

KEYS = "/api/dashboard/api-keys"


def test_a_key_is_shown_once(desk: Desk) -> None:
    """Only the answer to the creation holds the key; nothing holds the provider's."""
    created = desk.create(name="checkout")
    shown = desk.admin.get(f"{KEYS}/{created['kid']}").json()

    assert created.pop("gateway_key").startswith(f"lgw_live_{created['kid']}_")
    assert shown == created
    everything = "".join(desk.admin.get(path).text for path in (KEYS, "/api/dashboard/audit"))
    assert CANARY not in everything + str(created)
    assert "lgw_live_" not in everything
    assert "verifier" not in everything


def test_answers_are_not_cached(shared: Desk) -> None:
    """No answer may be kept by anything on its way."""
    for answer in (shared.admin.get(KEYS), shared.anyone.get(KEYS), shared.anyone.get("/nothing")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_lists_are_paged(desk: Desk) -> None:
    """`next` leads from page to page and ends."""
    kids = []
    for _ in range(5):
        kids.append(desk.create()["kid"])
        desk.office.clock.move(1)
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = desk.admin.get(KEYS, params={"limit": 2} | ({"after": after} if after else {})).json()
        seen += [key["kid"] for key in page["data"]]
        after = page["next"]

    assert seen == kids[::-1]


def test_update(desk: Desk) -> None:
    """Given fields change, null clears what can be cleared, absent fields stay."""
    kid = desk.create(policy="strict", expires_at=NOW + 60)["kid"]
    changes = {"name": "new", "models": ["a", "b"], "policy": None, "expires_at": None, "status": "disabled"}
    changed = desk.admin.patch(f"{KEYS}/{kid}", json=changes).json()

    assert {name: changed[name] for name in changes} == changes
    assert changed["model"] == "gpt-5.5"
    assert desk.admin.patch(f"{KEYS}/{kid}", json={}).json() == changed


def test_rotate(desk: Desk) -> None:
    """A rotation gives another key for the same id; the grace is told."""
    created = desk.create()
    rotated = desk.admin.post(f"{KEYS}/{created['kid']}/rotate", json={"grace": "15m"}).json()

    assert rotated["gateway_key"] != created["gateway_key"]
    assert rotated["previous_until"] == NOW + 900
    assert desk.admin.post(f"{KEYS}/{created['kid']}/rotate").json()["previous_until"] is None


def test_alternatives(desk: Desk) -> None:
    """A key can share the load or fall back; provider keys of all targets stay hidden."""
    other = {"provider": "xai", "model": "grok-4.7", "provider_key": CANARY, "weight": 3, "tier": 0}
    created = desk.create(alternatives=[other], weight=2)

    assert created["weight"] == 2
    assert created["alternatives"] == [
        {"provider": "xai", "base_url": "https://api.x.ai/v1", "model": "grok-4.7", "weight": 3, "tier": 0}
    ]
    assert CANARY not in str(created)


@pytest.mark.parametrize("grace", ["", "1y", "-1h", "1.5h", "1h; DROP TABLE keys", "99999999", "١h"])
def test_odd_graces(desk: Desk, grace: str) -> None:
    """A grace that is no duration, or too long, is refused."""
    kid = desk.create()["kid"]

    answer = desk.admin.post(f"{KEYS}/{kid}/rotate", json={"grace": grace})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "grace"


@pytest.mark.parametrize(("method", "path"), [("POST", "/revoke"), ("DELETE", "")])
def test_revoke(desk: Desk, method: str, path: str) -> None:
    """Both ways end the key for good; it stays listed."""
    kid = desk.create()["kid"]

    assert desk.admin.request(method, f"{KEYS}/{kid}{path}").json()["status"] == "revoked"
    answer = desk.admin.patch(f"{KEYS}/{kid}", json={"status": "active"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "key_revoked")
    assert [key["kid"] for key in desk.admin.get(KEYS).json()["data"]] == [kid]


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "provider"),
        ({"provider": "openai"}, "model"),
        ({"provider": 5, "model": "m"}, "provider"),
        ({"provider": None, "model": "m"}, "provider"),
        ({"provider": "nobody", "model": "m"}, "provider"),
        ({"provider": "openai", "model": ["m"]}, "model"),
        ({"provider": "openai", "model": "m\u0000"}, "model"),
        ({"provider": "openai", "model": "m", "provider_key": {}}, "provider_key"),
        ({"provider": "openai", "model": "m"}, "provider_key"),
        ({"provider": "openai", "model": "m", "models": "abc"}, "models"),
        ({"provider": "openai", "model": "m", "models": [1]}, "models"),
        ({"provider": "openai", "model": "m", "block_style": "loud"}, "block_style"),
        ({"provider": "openai", "model": "m", "store_bodies": "yes"}, "store_bodies"),
        ({"provider": "openai", "model": "m", "store_bodies": 1}, "store_bodies"),
        ({"provider": "openai", "model": "m", "expires_at": "tomorrow"}, "expires_at"),
        ({"provider": "openai", "model": "m", "expires_at": True}, "expires_at"),
        ({"provider": "openai", "model": "m", "provider_key": "k", "expires_at": 5}, "expires_at"),
        ({"provider": "openai", "model": "m", "name": "n" * 2000}, "name"),
        ({"provider": "openai", "model": "m", "alternatives": [{}]}, "alternatives.provider"),
        ({"provider": "openai", "model": "m", "weight": "2"}, "weight"),
        ({"provider": "openai_compatible", "model": "m"}, "base_url"),
        ({"provider": "openai_compatible", "model": "m", "base_url": "file:///etc"}, "base_url"),
    ],
)
def test_wrong_fields_are_named(shared: Desk, body: dict[str, Any], param: str) -> None:
    """Every mistake is a 400 that names the field."""
    answer = shared.admin.post(KEYS, json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == param
    assert answer.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    "kid",
    ["zzzzzzzzzzzz", "'%20OR%201=1--", "%00", "a" * 5000, "%F0%9F%94%91", "..%2f..%2fetc%2fpasswd", "%ff%fe"],
)
def test_unknown_ids(shared: Desk, kid: str) -> None:
    """An id that names no key is a 404, whatever it looks like."""
    for method, path in (
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/rotate"),
        ("POST", "/revoke"),
    ):
        answer = shared.admin.request(method, f"{KEYS}/{kid}{path}", json={} if method == "PATCH" else None)
        assert answer.status_code == 404, (method, path)


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "limit=1e2", "after=%27"])
def test_odd_pages(shared: Desk, query: str) -> None:
    """Limits and cursors are checked."""
    assert shared.admin.get(f"{KEYS}?{query}").status_code == 400
