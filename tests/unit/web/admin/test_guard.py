from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends
from starlette.testclient import TestClient

from llm_gateway.control import Access, Actor, Permission
from llm_gateway.domain.secret import Secret
from llm_gateway.web.admin import Controls, Needs, build_admin
from llm_gateway.web.admin.application import OPEN_PATHS
from tests.support.control import Office
from tests.unit.web.admin.conftest import INTERNAL, TOKEN, Desk, built

ALL_ROUTES = [
    ("POST", "/generate-api-key"),
    ("POST", "/register-key"),
    ("POST", "/unregister-key"),
    ("GET", "/api/internal/resolve-key"),
    ("POST", "/api/dashboard/api-keys"),
    ("GET", "/api/dashboard/api-keys"),
    ("GET", "/api/dashboard/api-keys/{kid}"),
    ("PATCH", "/api/dashboard/api-keys/{kid}"),
    ("DELETE", "/api/dashboard/api-keys/{kid}"),
    ("POST", "/api/dashboard/api-keys/{kid}/rotate"),
    ("POST", "/api/dashboard/api-keys/{kid}/revoke"),
    ("GET", "/api/dashboard/records"),
    ("GET", "/api/dashboard/records/{record_id}"),
    ("GET", "/api/dashboard/audit"),
]
ONE_OF_EACH = [ALL_ROUTES[0], ALL_ROUTES[3], ALL_ROUTES[5]]


def described(desk: Desk) -> set[tuple[str, str]]:
    paths: dict[str, dict[str, Any]] = desk.anyone.get("/openapi.json").json()["paths"]
    return {(method.upper(), path) for path, item in paths.items() for method in item}


def test_the_description_lists_every_route(shared: Desk) -> None:
    """What the crawl below visits is all there is."""
    assert described(shared) == {*ALL_ROUTES, ("GET", "/health")}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer"},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": TOKEN},
        {"authorization": f"Bearer {TOKEN}x"},
        {"authorization": f"Bearer {TOKEN} x"},
        {"authorization": "Bearer ' OR 1=1 --"},
        {"authorization": "Bearer " + "x" * 20_000},
        {"authorization": b"Bearer \xff\xfe"},
        {"internal-secret": ""},
        {"internal-secret": TOKEN},
        {"internal-secret": INTERNAL + "\x00"},
        {"x-api-key": TOKEN},
        {"cookie": f"session={TOKEN}"},
        {"x-forwarded-for": "127.0.0.1", "x-original-url": "/health"},
    ],
)
def test_nothing_answers_without_a_credential(shared: Desk, headers: dict[str, str]) -> None:
    """Who cannot prove himself hears 401, whatever else he sends."""
    for method, path in ONE_OF_EACH:
        answer = shared.anyone.request(method, path, headers=headers)
        assert answer.status_code == 401, (method, path)
        assert answer.json()["error"]["type"] == "authentication_error"
        assert answer.headers["www-authenticate"] == "Bearer"
    assert shared.office.actions() == []


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, {"internal-secret": "wrong"}])
def test_no_route_is_forgotten(shared: Desk, headers: dict[str, str]) -> None:
    """Every route there is answers 401 to a stranger."""
    for method, path in ALL_ROUTES:
        assert shared.anyone.request(method, path, headers=headers).status_code == 401, (method, path)


@pytest.mark.parametrize("body", [b"{}", b"not json", b"x" * 100_000])
def test_a_stranger_hears_nothing_of_his_body(shared: Desk, body: bytes) -> None:
    """Whether a body is good is told only to those who may send one."""
    for method, path in ALL_ROUTES:
        assert shared.anyone.request(method, path, content=body).status_code == 401, (method, path)


def test_open_paths_answer_anyone(shared: Desk) -> None:
    """Only health and the reference are open, and a wrong credential does not matter there."""
    for path in OPEN_PATHS:
        assert shared.anyone.get(path, headers={"authorization": "Bearer wrong"}).status_code == 200


@pytest.mark.parametrize("empty", [None, ""])
def test_without_configured_credentials_it_is_closed(place: Office, empty: str | None) -> None:
    """Nothing configured means 401 with the remedy on every route, also for empty credentials."""
    client = TestClient(built(place, empty, empty), raise_server_exceptions=False)
    for method, path in ALL_ROUTES:
        for headers in ({}, {"authorization": "Bearer "}, {"internal-secret": ""}):
            answer = client.request(method, path, headers=headers)
            assert answer.status_code == 401
            assert "LLM_GATEWAY_ADMIN_TOKEN" in answer.text or "INTERNAL_API_SECRET" in answer.text


def test_the_internal_secret_opens_the_administration(shared: Desk) -> None:
    """Either credential is enough for administrative routes."""
    assert shared.internal.get("/api/dashboard/api-keys").status_code == 200


def test_resolving_takes_the_internal_secret_only(desk: Desk) -> None:
    """The admin token does not give out provider keys."""
    key = desk.create()["gateway_key"]

    assert desk.admin.get("/api/internal/resolve-key", params={"key": key}).status_code == 401
    assert desk.internal.get("/api/internal/resolve-key", params={"key": key}).status_code == 200


def test_repeated_credentials_are_refused(shared: Desk) -> None:
    """Two headers of the same kind are an error, also when both are right."""
    twice = [("authorization", f"Bearer {TOKEN}"), ("authorization", f"Bearer {TOKEN}")]

    assert shared.anyone.get("/api/dashboard/api-keys", headers=twice).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/api/dashboard/api-keys/",
        "//api/dashboard/api-keys",
        "/API/dashboard/api-keys",
        "/health/../api/dashboard/api-keys",
        "/api/dashboard/api-keys%2f",
        "/docs/../../etc/passwd",
        "/docs/page.html",
        "/docs/%2e%2e/application.py",
        "/redoc",
        "/api/dashboard/settings",
    ],
)
def test_near_misses_lead_nowhere(shared: Desk, path: str) -> None:
    """No spelling of a path reaches a route around its guard."""
    answer = shared.anyone.get(path, follow_redirects=False)

    assert answer.status_code in (401, 404)


def test_an_unguarded_route_keeps_the_application_from_being_built(place: Office) -> None:
    """Forgetting the guard is noticed at the start, not by an attacker."""
    router = APIRouter()

    @router.get("/forgotten")
    async def forgotten() -> None:
        return None

    controls = Controls(place.keys, place.registration, place.records, place.audit)
    with pytest.raises(RuntimeError, match="forgotten"):
        build_admin(controls, Access(admin_token=None, internal_secret=None), routers=[router])


def test_a_guarded_router_joins(place: Office) -> None:
    """Further routes are served under the same rules, with their own body limit."""
    router = APIRouter()

    @router.post("/more")
    async def more(actor: Annotated[Actor, Depends(Needs(Permission.SCAN))]) -> str:
        return actor.name

    controls = Controls(place.keys, place.registration, place.records, place.audit)
    access = Access(admin_token=Secret(TOKEN), internal_secret=None)
    client = TestClient(build_admin(controls, access, routers=[router], body_limits={"/more": 10}))
    headers = {"authorization": f"bearer {TOKEN}"}

    assert client.post("/more").status_code == 401
    assert client.post("/more", headers=headers).json() == "admin-token"
    assert client.post("/more", headers=headers, json={"text": "longer than ten"}).status_code == 413
