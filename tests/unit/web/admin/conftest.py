from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from llm_gateway.control import Access
from llm_gateway.domain.secret import Secret
from llm_gateway.web.admin import Controls, build_admin
from tests.support.control import Office, office

TOKEN = "admin-token-canary-0123456789"
INTERNAL = "internal-secret-canary-0123456789"


@dataclass(frozen=True)
class Desk:
    """The administrative API over a real store, with a client for each way in."""

    office: Office
    app: FastAPI
    anyone: TestClient
    admin: TestClient
    internal: TestClient

    def create(self, **fields: Any) -> dict[str, Any]:
        body = {"provider": "openai", "model": "gpt-5.5", "provider_key": "sk-provider-key-canary"}
        answer = self.admin.post("/api/dashboard/api-keys", json=body | fields)
        assert answer.status_code == 201
        return dict(answer.json())


def built(place: Office, admin_token: str | None = TOKEN, internal: str | None = INTERNAL) -> FastAPI:
    access = Access(
        admin_token=Secret(admin_token) if admin_token is not None else None,
        internal_secret=Secret(internal) if internal is not None else None,
    )
    return build_admin(Controls(place.keys, place.registration, place.records, place.audit), access)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(place: Office) -> Iterator[Desk]:
    with desk_over(place) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One for all tests of a file that change nothing."""
    with office(tmp_path_factory.mktemp("shared")) as opened, desk_over(opened) as desk:
        yield desk


@contextmanager
def desk_over(place: Office) -> Iterator[Desk]:
    """The clients are entered, which lets each keep one event loop for all its requests."""
    app = built(place)
    with (
        TestClient(app, raise_server_exceptions=False) as anyone,
        TestClient(app, headers={"authorization": f"Bearer {TOKEN}"}, raise_server_exceptions=False) as admin,
        TestClient(app, headers={"internal-secret": INTERNAL}, raise_server_exceptions=False) as internal,
    ):
        yield Desk(place, app, anyone, admin, internal)
