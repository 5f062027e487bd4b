"""Every role on every route of the application that is served."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from llm_gateway.app.accounts import account_deps
from llm_gateway.app.installation import opened
from llm_gateway.app.serving import _running
from llm_gateway.control.accounts import AccountDeps, Accounts, accounts
from llm_gateway.control.permissions import PERMISSIONS, Permission
from llm_gateway.domain.accounts import Role
from llm_gateway.identity.passwords import Argon2Passwords
from llm_gateway.settings import load
from llm_gateway.web.admin.guard import PERMISSION_KEY
from tests.support.accounts import CHEAP, ROOT, VISITOR, newcomer

ORIGIN = "https://gateway.test"
OPEN = {
    "/health",
    "/api/auth/session",
    "/api/auth/setup",
    "/api/auth/sign-in",
    "/api/auth/sign-out",
    "/api/auth/sign-up",
    "/api/auth/oidc/{provider_id}/start",
    "/api/auth/oidc/{provider_id}/callback",
}
OTHER_RULES = {"/api/internal/resolve-key"}
_METHODS = {"get", "post", "put", "patch", "delete"}


class Route(NamedTuple):
    method: str
    path: str
    permission: Permission

    def request(self, **headers: str) -> dict[str, Any]:
        """A request to the route that names nothing there is."""
        path = self.path
        while "{" in path:
            path = path[: path.index("{")] + "none" + path[path.index("}") + 1 :]
        body: dict[str, Any] = {} if self.method == "GET" else {"json": {}}
        return {"method": self.method, "url": path, "headers": headers, **body}


def cookie(token: str) -> dict[str, str]:
    return {"cookie": f"__Host-lgw_session={token}", "origin": ORIGIN}


@asynccontextmanager
async def served(directory: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Accounts]]:
    """The application as `serve` builds it, its live view ended so that no answer is endless."""
    settings = load(None, data_dir=directory, inspection="off", demo=False)
    with opened(settings) as installation, account_deps(settings, installation) as made:
        deps = AccountDeps(made.members, made.credentials, Argon2Passwords(CHEAP), made.verifier)
        async with _running(settings, installation, deps) as (application, _, tail):
            tail.close()
            transport = httpx.ASGITransport(app=application)
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
                yield client, accounts(deps)


def routes(description: Mapping[str, Any]) -> Iterator[Route]:
    for path, item in description["paths"].items():
        for method in _METHODS & set(item):
            permission = item[method].get(PERMISSION_KEY)
            if permission is None:
                assert path in OPEN | OTHER_RULES, f"{path} names no permission"
            else:
                yield Route(method.upper(), path, Permission(permission))


async def sessions(people: Accounts) -> dict[Role, str]:
    """A signed-in member of each role."""
    made = {}
    for role in Role:
        invited = await people.members.invite(ROOT, role)
        joined = await people.joining.sign_up(invited.token, newcomer(f"{role}@example.com"), VISITOR)
        made[role] = joined.token.reveal()
    return made


async def test_roles_reach_what_the_table_says(tmp_path: Path) -> None:
    """Who has the permission passes, everybody else hears 403, strangers and ended sessions 401, and
    another site changes nothing with an owner's cookie."""
    wrong: list[str] = []

    async def ask(route: Route, who: str, expected: bool, *refused: str, **headers: str) -> None:
        answer = await client.request(**route.request(**headers))
        code = answer.json().get("error", {}).get("code", "") if answer.status_code in (401, 403) else ""
        if (code == "") != expected or (code and code not in refused):
            wrong.append(f"{who} at {route}: {answer.status_code} {code}")

    async with served(tmp_path) as (client, people):
        found = list(routes((await client.get("/openapi.json")).json()))
        tokens = await sessions(people)
        for route in found:
            for role, token in tokens.items():
                passes = route.permission in PERMISSIONS[role]
                await ask(route, role, passes, "permission_denied", **cookie(token))
            nobody = ("no_session", "invalid_api_key")
            await ask(route, "a stranger", False, *nobody)
            await ask(route, "an old session", False, *nobody, **cookie("x" * 43))
            if route.method != "GET":
                foreign = cookie(tokens[Role.OWNER]) | {"origin": "https://evil.example"}
                await ask(route, "another site", False, "cross_site_request", *nobody, **foreign)

    assert len(found) > 40
    assert {route.permission for route in found} >= set(Permission) - {
        Permission.OWNERS_WRITE,
        Permission.PROVIDERS_WRITE,
    }
    assert wrong == []
