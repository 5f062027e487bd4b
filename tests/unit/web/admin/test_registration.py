from typing import Any

import pytest

from tests.support.control import CANARY
from tests.unit.web.admin.conftest import Desk


def register(desk: Desk, key: str, **fields: Any) -> Any:
    body = {"gateway_key": key, "provider": "openai", "model": "gpt-5.5", "target_api_key": CANARY}
    return desk.admin.post("/register-key", json=body | fields)


def resolve(desk: Desk, key: str) -> Any:
    return desk.internal.get("/api/internal/resolve-key", params={"key": key})


def test_the_whole_way(desk: Desk) -> None:
    """Generate, register, resolve, unregister: under the names that users know."""
    generated = desk.admin.post("/generate-api-key", json={"name": "app"})
    key = generated.json()["gateway_key"]
    assert generated.status_code == 201
    assert not generated.json()["usable"]
    assert resolve(desk, key).status_code == 404

    assert register(desk, key).json()["usable"]
    assert resolve(desk, key).json() == {
        "provider": "openai",
        "customerApiKey": CANARY,
        "model": "gpt-5.5",
    }
    assert desk.admin.post("/unregister-key", json={"gateway_key": key}).status_code == 200
    assert resolve(desk, key).status_code == 404


def test_a_custom_address(desk: Desk) -> None:
    """A base URL goes with the registration, and is vetted."""
    key = desk.admin.post("/generate-api-key").json()["gateway_key"]
    good = register(desk, key, provider="openai_compatible", base_url="https://llm.example/v1")
    bad = register(desk, key, provider="openai_compatible", base_url="https://private.example/v1")

    assert good.json()["base_url"] == "https://llm.example/v1"
    assert (bad.status_code, bad.json()["error"]["param"]) == (400, "base_url")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        "lgw_live_",
        "' OR 1=1 --",
        "a\u0000b",
        "lgw_live_" + "0" * 12 + "_" + "0" * 43 + "_" + "0" * 6,
        "\U0001f511" * 30,
    ],
)
def test_what_is_no_key(shared: Desk, key: str) -> None:
    """Unknown and malformed keys are told apart by nothing, and repeated nowhere."""
    answers = [
        register(shared, key),
        shared.admin.post("/unregister-key", json={"gateway_key": key}),
        resolve(shared, key),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert not key or key not in answers[0].text.replace("x", "") or key == "x"


def test_giant_keys(shared: Desk) -> None:
    """A giant key is refused before it is looked at."""
    assert register(shared, "x" * 60_000).status_code == 404
    assert register(shared, "x" * 70_000).status_code == 413
    assert resolve(shared, "x" * 10_000).status_code == 400


def test_stored_verifiers_are_no_credentials(desk: Desk) -> None:
    """What the database holds opens neither the administration nor a key."""
    kid = desk.create()["kid"]
    stored = desk.office.store.key(kid)
    assert stored is not None
    for stolen in (stored.verifier.hex(), f"lgw_live_{kid}_{stored.verifier.hex()}", kid):
        assert resolve(desk, stolen).status_code == 404
        headers = {"authorization": f"Bearer {stolen}"}
        assert desk.anyone.get("/api/dashboard/api-keys", headers=headers).status_code == 401


def test_gateway_keys_open_no_administration(desk: Desk) -> None:
    """An application's key is no administrator's."""
    headers = {"authorization": f"Bearer {desk.create()['gateway_key']}"}

    assert desk.anyone.get("/api/dashboard/api-keys", headers=headers).status_code == 401


def test_resolving_is_audited(desk: Desk) -> None:
    """Each time a provider key leaves, it is written down by whom."""
    created = desk.create()
    resolve(desk, created["gateway_key"])
    event = desk.office.audit.list(limit=10)

    assert {(one.action, one.actor) for one in event if one.target == created["kid"]} == {
        ("key.create", "admin-token"),
        ("key.resolve", "internal-secret"),
    }
