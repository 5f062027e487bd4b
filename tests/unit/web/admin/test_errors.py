import logging
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends
from starlette.testclient import TestClient

from llm_gateway.control import Access, Actor, Permission
from llm_gateway.domain.errors import RateLimited, Unavailable
from llm_gateway.domain.secret import Secret
from llm_gateway.web.admin import Controls, Needs, build_admin
from tests.support.control import Office
from tests.unit.web.admin.conftest import TOKEN, Desk

Admin = Annotated[Actor, Depends(Needs(Permission.SCAN))]


@pytest.fixture
def client(place: Office) -> TestClient:
    router = APIRouter()

    @router.get("/away")
    async def away(actor: Admin) -> None:
        raise Unavailable("The database cannot be used right now.", detail="disk I/O error")

    @router.get("/bug")
    async def bug(actor: Admin) -> None:
        raise ValueError("sk-canary")

    @router.get("/busy")
    async def busy(actor: Admin) -> None:
        raise RateLimited("Too many.", retry_after=1.6)

    controls = Controls(place.keys, place.registration, place.records, place.audit)
    app = build_admin(controls, Access(admin_token=Secret(TOKEN), internal_secret=None), routers=[router])
    headers = {"authorization": f"Bearer {TOKEN}"}
    return TestClient(app, headers=headers, raise_server_exceptions=False)


def test_our_own_failures_are_logged_in_full(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """The caller gets the message, the log the detail."""
    with caplog.at_level(logging.ERROR):
        answer = client.get("/away")

    assert answer.status_code == 503
    assert answer.json()["error"]["type"] == "api_error"
    assert "disk I/O error" not in answer.text
    assert "disk I/O error" in caplog.text


def test_mistakes_show_nothing(client: TestClient) -> None:
    """An error that nobody foresaw tells the caller nothing of itself."""
    answer = client.get("/bug")

    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal_error"
    assert "canary" not in answer.text
    assert "Traceback" not in answer.text


def test_waiting_times_are_told(client: TestClient) -> None:
    """A caller that has to wait hears how long."""
    assert client.get("/busy").headers["retry-after"] == "2"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("PUT", "/health", 405)])
def test_the_servers_own_errors_look_the_same(shared: Desk, method: str, path: str, status: int) -> None:
    """Unknown addresses and methods answer in the same envelope."""
    answer = shared.anyone.request(method, path)

    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
