"""Accounts over HTTP: what a browser sends and gets."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from llm_gateway.control import Access
from llm_gateway.domain.secret import Secret
from llm_gateway.web.admin import Controls, build_admin
from llm_gateway.web.auth.account import account_router
from llm_gateway.web.auth.members import members_router
from llm_gateway.web.auth.session import session_router
from tests.support.accounts import PASSWORD, ROOT, Town, town
from tests.support.control import office

ORIGIN = "https://gateway.test"
ADMIN = "admin-token-canary-0123456789"
ANN = {"email": "ann@example.com", "password": PASSWORD}


@dataclass(frozen=True)
class House:
    """The API over a real store, and a browser in front of it."""

    town: Town
    app: Any
    browser: TestClient

    def post(self, path: str, **body: Any) -> Any:
        return self.browser.post(path, json=body)

    async def set_up(self) -> Any:
        link = await self.town.accounts.joining.setup_link(ROOT)
        return self.post("/api/auth/setup", token=link.reveal(), name="Ann", **ANN)

    def another(self, **headers: str) -> TestClient:
        """A client without the browser's cookies."""
        return TestClient(self.app, base_url=ORIGIN, headers=headers, raise_server_exceptions=False)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with office(tmp_path / "office") as place, town(tmp_path, attempts=5) as people:
        access = Access(admin_token=Secret(ADMIN), internal_secret=None, people=people.accounts)
        app = build_admin(
            Controls(place.keys, place.registration, place.records, place.audit),
            access,
            routers=(
                session_router(people.accounts),
                account_router(people.accounts),
                members_router(people.accounts),
            ),
        )
        with TestClient(
            app, base_url=ORIGIN, headers={"origin": ORIGIN}, raise_server_exceptions=False
        ) as browser:
            yield House(people, app, browser)


async def test_a_visitor_hears_how_to_begin(house: House) -> None:
    """Without a session the answer is 401 and says whether there is an owner yet."""
    before = house.browser.get("/api/auth/session")
    await house.set_up()
    house.post("/api/auth/sign-out")
    after = house.browser.get("/api/auth/session")

    assert (before.status_code, after.status_code) == (401, 401)
    assert before.json()["error"]["code"] == "no_session"
    assert before.json()["setup_needed"] is True
    assert {name: after.json()[name] for name in ("setup_needed", "signup_open", "oidc")} == {
        "setup_needed": False,
        "signup_open": False,
        "oidc": [],
    }


async def test_setting_up_signs_in(house: House) -> None:
    """The owner is made, has a session, and reaches the dashboard's API with it."""
    answer = await house.set_up()

    assert answer.status_code == 201
    assert answer.headers["set-cookie"].startswith("__Host-lgw_session=")
    assert answer.json()["user"]["role"] == "owner"
    assert "Secure; HttpOnly; SameSite=Lax" in answer.headers["set-cookie"]
    assert house.browser.get("/api/auth/session").json()["user"]["email"] == "ann@example.com"
    assert house.browser.get("/api/dashboard/api-keys").status_code == 200


async def test_signing_in_changes_the_token(house: House) -> None:
    """The session of before ends: a token planted beforehand is worth nothing afterwards."""
    await house.set_up()
    old = house.browser.cookies["__Host-lgw_session"]
    assert house.post("/api/auth/sign-in", **ANN).status_code == 200
    assert house.browser.cookies["__Host-lgw_session"] != old

    stolen = house.another(cookie=f"__Host-lgw_session={old}")
    assert stolen.get("/api/auth/session").status_code == 401


async def test_signing_out_ends_the_session(house: House) -> None:
    """On the server too, and a second time is no error."""
    await house.set_up()
    old = house.browser.cookies["__Host-lgw_session"]
    assert house.post("/api/auth/sign-out").status_code == 204
    assert house.post("/api/auth/sign-out").status_code == 204

    assert "__Host-lgw_session" not in house.browser.cookies
    stolen = house.another(cookie=f"__Host-lgw_session={old}")
    assert stolen.get("/api/dashboard/api-keys").status_code == 401


async def test_other_sites_sign_nobody_in_or_out(house: House) -> None:
    """Neither with the cookie nor without it, whatever the content type."""
    await house.set_up()
    for path, body in (("/api/auth/sign-out", {}), ("/api/auth/sign-in", ANN)):
        for site in (
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"sec-fetch-site": "cross-site"},
        ):
            answer = house.browser.post(path, json=body, headers=site)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "cross_site_request")
    assert house.browser.post("/api/auth/sign-in", data=ANN).status_code == 415
    assert house.browser.get("/api/auth/session").status_code == 200


async def test_guessing_is_slowed_down(house: House) -> None:
    """After some wrong passwords the answer is 429 with the time to wait, and says the same of nobody."""
    await house.set_up()
    for email in ("ann@example.com", "nobody@example.com"):
        codes = [
            house.post("/api/auth/sign-in", email=email, password="wrong horse").status_code for _ in range(6)
        ]
        assert codes == [401] * 5 + [429]


async def test_plain_http_from_elsewhere_is_explained(house: House) -> None:
    """A browser would drop the session; the person hears why instead."""
    answer = house.browser.post("/api/auth/sign-in", json=ANN, headers={"origin": "http://gateway.test"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "insecure_connection")


async def test_invited_members_join_with_their_role(house: House) -> None:
    """From the invitation's secret to a session that may do what the role may."""
    await house.set_up()
    invited = house.post("/api/members/invites", role="auditor").json()
    house.post("/api/auth/sign-out")
    joined = house.post(
        "/api/auth/sign-up", invite=invited["invite"], email="bob@example.com", password=PASSWORD
    )

    assert joined.status_code == 201
    assert joined.json()["user"]["role"] == "auditor"
    assert house.browser.get("/api/dashboard/audit").status_code == 200
    assert house.post("/generate-api-key").status_code == 403
    members = house.browser.get("/api/members").json()["data"]
    assert {one["role"] for one in members} == {"owner", "auditor"}


async def test_personal_tokens_stand_in_for_the_session(house: House) -> None:
    """A script needs neither cookie nor origin, and has the rights that the token was given."""
    await house.set_up()
    made = house.post("/api/account/tokens", name="ci", role="auditor", days=30).json()
    script = house.another(authorization=f"Bearer {made['token']}")

    assert script.get("/api/dashboard/api-keys").status_code == 200
    assert script.post("/generate-api-key").status_code == 403
    assert house.browser.delete(f"/api/account/tokens/{made['id']}").status_code == 204
    assert script.get("/api/dashboard/api-keys").status_code == 401


async def test_a_cookie_adds_nothing_to_a_wrong_token(house: House) -> None:
    """What is presented on purpose must be right."""
    await house.set_up()
    for headers in ({"authorization": "Bearer wrong"}, {"authorization": "Bearer lgwp_" + "x" * 43}):
        assert house.browser.get("/api/dashboard/api-keys", headers=headers).status_code == 401
    assert house.another(authorization=f"Bearer {ADMIN}").get("/api/members").status_code == 200


async def test_passwords_and_sessions_are_ones_own(house: House) -> None:
    """The list shows this browser; a new password keeps it signed in, with another token."""
    await house.set_up()
    old = house.browser.cookies["__Host-lgw_session"]
    listed = house.browser.get("/api/account/sessions").json()["data"]
    changed = house.post("/api/account/password", old=PASSWORD, new="another horse battery")

    assert [one["current"] for one in listed] == [True]
    assert changed.status_code == 200
    assert house.browser.cookies["__Host-lgw_session"] != old
    assert house.browser.get("/api/auth/session").status_code == 200
    assert house.another(cookie=f"__Host-lgw_session={old}").get("/api/auth/session").status_code == 401


async def test_no_answer_holds_a_hash(house: House) -> None:
    """Nothing that is stored to check a credential is ever shown."""
    await house.set_up()
    house.post("/api/account/tokens", name="ci", role="auditor", days=30)
    house.post("/api/members/invites", role="auditor")
    for path in ("/api/members", "/api/members/invites", "/api/account/tokens", "/api/account/sessions"):
        shown = house.browser.get(path).text
        assert "argon2" not in shown
        assert "verifier" not in shown


async def test_the_last_owner_cannot_go(house: House) -> None:
    """Over HTTP too: a conflict that says what to do first."""
    owner = (await house.set_up()).json()["user"]["id"]

    assert house.browser.delete(f"/api/members/{owner}").status_code == 409
    assert house.browser.put(f"/api/members/{owner}/role", json={"role": "admin"}).status_code == 409
    assert house.browser.put(f"/api/members/{owner}/role", json={"role": "king"}).status_code == 400
