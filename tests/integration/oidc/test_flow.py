"""Signing in through a real OpenID provider, over the real way out."""

import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from llm_gateway.app.accounts import account_deps
from llm_gateway.app.installation import opened
from llm_gateway.app.serving import _running
from llm_gateway.control.accounts import AccountDeps, Accounts, accounts
from llm_gateway.domain.accounts import Role
from llm_gateway.identity.passwords import Argon2Passwords
from llm_gateway.settings import load
from tests.support.accounts import CHEAP, ROOT, VISITOR, newcomer

ORIGIN = "http://127.0.0.1:8000"
ANN = '{"sub": "ann", "email": "ann@example.com", "email_verified": true, "name": "Ann"}'
EVE = '{"sub": "eve", "email": "ann@example.com", "email_verified": false}'


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """oidc-provider-mock in a process of its own, on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "--port", str(port)]
    claims = ["--user-claims", ANN, "--user-claims", EVE]
    process = subprocess.Popen([*command, *claims], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{url}/.well-known/openid-configuration")
            break
        except httpx.TransportError:
            time.sleep(0.2)
    yield url
    process.terminate()
    process.wait(10)


@dataclass
class Place:
    """The gateway, and a browser in front of it."""

    people: Accounts
    browser: httpx.AsyncClient

    async def start(self) -> httpx.URL:
        """Where the browser is sent to."""
        answer = await self.browser.get("/api/auth/oidc/oidc/start")
        assert answer.status_code == 302
        return httpx.URL(answer.headers["location"])

    async def sign_in(self, subject: str) -> httpx.Response:
        """The whole way; the answer of the last step."""
        return await self.browser.get(consent(await self.start(), subject))

    async def who(self) -> str | None:
        answer = await self.browser.get("/api/auth/session")
        return answer.json()["user"]["email"] if answer.status_code == 200 else None


def consent(url: httpx.URL, subject: str) -> str:
    """What the person does at the provider; the address that the browser is sent back to."""
    answer = httpx.post(url, data={"sub": subject})
    assert answer.status_code == 302
    return answer.headers["location"]


@asynccontextmanager
async def gateway(directory: Path, issuer: str) -> AsyncIterator[Place]:
    settings = load(
        None,
        data_dir=directory,
        inspection="off",
        demo=False,
        public_origin=ORIGIN,
        oidc_issuer=issuer,
        oidc_client_id="gateway",
        oidc_client_secret="a secret: with/odd+characters",
        egress_allow=("127.0.0.0/8",),
    )
    with opened(settings) as installation, account_deps(settings, installation) as made:
        deps = AccountDeps(made.members, made.credentials, Argon2Passwords(CHEAP), made.verifier)
        async with _running(settings, installation, deps) as (application, _, _):
            transport = httpx.ASGITransport(app=application)
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as browser:
                yield Place(accounts(deps), browser)


async def test_an_invited_person_signs_in(tmp_path: Path, issuer: str) -> None:
    """The first time the verified address finds the invitation; afterwards the subject is enough."""
    async with gateway(tmp_path, issuer) as place:
        offered = (await place.browser.get("/api/auth/session")).json()["oidc"]
        await place.people.members.invite(ROOT, Role.SECURITY, "ann@example.com")
        answer = await place.sign_in("ann")
        assert (answer.status_code, answer.headers["location"]) == (302, "/dashboard")
        assert await place.who() == "ann@example.com"
        first = (await place.people.members.list())[0]
        await place.browser.post("/api/auth/sign-out", headers={"origin": ORIGIN})
        assert await place.who() is None
        await place.sign_in("ann")
        assert await place.who() == "ann@example.com"
        assert await place.people.members.list() == [first]

    assert offered == [{"id": "oidc", "title": "single sign-on"}]
    assert (first.role, first.name, first.password_hash) == (Role.SECURITY, "Ann", None)
    assert first.identity is not None
    assert (first.identity.issuer, first.identity.subject) == (issuer, "ann")


async def test_who_is_not_invited_stays_out(tmp_path: Path, issuer: str) -> None:
    """An address that is not verified finds no invitation, and no address finds another's account."""
    async with gateway(tmp_path, issuer) as place:
        await place.people.members.invite(ROOT, Role.OWNER, "ann@example.com")
        answer = await place.sign_in("eve")
        assert answer.headers["location"] == "/dashboard/sign-in#error=not_a_member"
        invited = await place.people.members.invite(ROOT, Role.OWNER)
        await place.people.joining.sign_up(invited.token, newcomer("ann@example.com"), VISITOR)
        answer = await place.sign_in("ann")

        assert answer.headers["location"] == "/dashboard/sign-in#error=member_exists"
        assert await place.who() is None


async def test_an_answer_works_in_its_own_browser_only(tmp_path: Path, issuer: str) -> None:
    """Neither a forged state, nor an answer made for another browser, nor a second use signs in."""
    async with gateway(tmp_path, issuer) as place:
        await place.people.members.invite(ROOT, Role.OWNER, "ann@example.com")
        callback = consent(await place.start(), "ann")
        given = dict(parse_qsl(urlsplit(callback).query))
        path = urlsplit(callback).path

        async def ask(**changes: str) -> str:
            answer = await place.browser.get(path, params=given | changes)
            return answer.headers["location"].rpartition("=")[2]

        cookie = place.browser.cookies["lgw_signin"]
        place.browser.cookies.clear()
        assert await ask() == "sign_in_expired"
        for changes, code in (
            ({"state": "forged"}, "wrong_state"),
            ({"iss": "https://evil.example"}, "wrong_issuer"),
            ({"error": "access_denied"}, "sign_in_refused"),
            ({"code": "forged"}, "identity_provider_unavailable"),
        ):
            place.browser.cookies.set("lgw_signin", cookie)
            assert await ask(**changes) == code
        place.browser.cookies.clear()
        await place.start()
        assert await ask() == "wrong_state"
        place.browser.cookies.clear()
        place.browser.cookies.set("lgw_signin", cookie[:-4] + "AAAA")
        assert await ask() == "sign_in_expired"

        assert await place.who() is None
        assert await place.people.members.list() == []
