"""Who may use a route. A route without a guard keeps the application from being built."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from starlette.routing import BaseRoute

from llm_gateway.control import Access, Actor, Permission, Presented, Right
from llm_gateway.domain.errors import GatewayError, NotAuthenticated
from llm_gateway.web.admin.bodies import STATE
from llm_gateway.web.auth.front import Front

# For the OpenAPI description only; the guard reads the headers itself.
_bearer = HTTPBearer(scheme_name="AdminToken", auto_error=False, description="Admin or personal token")
_internal = APIKeyHeader(
    name="Internal-Secret", scheme_name="InternalSecret", auto_error=False, description="INTERNAL_API_SECRET"
)

PERMISSION_KEY = "x-permission"
"""Where the description of a route names the permission."""


class Guard:
    """Base of everything that may stand before a route; see `guarded`.

    `permission` is what members need to pass; None where another rule holds.
    """

    permission: Permission | None = None


class Needs(Guard):
    """Lets members with the permission pass, and holders of the admin token or the internal secret.

    Raises NotAuthenticated for who is none of these, NotPermitted for who may not, or who was sent by
    another site.
    """

    def __init__(self, permission: Permission) -> None:
        self.permission: Permission = permission

    async def __call__(
        self,
        request: Request,
        bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
        internal: Annotated[str | None, Security(_internal)],
    ) -> Actor:
        actor = await _identified(request)
        actor.needs(self.permission)
        raise_body_error(request)
        return actor


class NeedsInternal(Guard):
    """Lets the holder of the internal secret pass, for what gives out provider keys."""

    async def __call__(self, request: Request, internal: Annotated[str | None, Security(_internal)]) -> Actor:
        return _checked(request, Right.RESOLVE)


async def _identified(request: Request) -> Actor:
    """Who asks. Of several ways in, a cookie counts only where nothing else was sent."""
    access: Access = request.app.state.access
    browser = front_of(request).browser
    bearer, internal = _bearer_token(request), _single(request, "internal-secret")
    headers = request.scope["headers"]
    session = browser.session_token(headers) if bearer is None and internal is None else None
    actor = await access.identify(Presented(source_of(request), bearer, internal, session))
    if session is not None:
        browser.check_origin(request.method, headers)
    return actor


def front_of(request: Request) -> Front:
    """What the application was told about the way to it."""
    front: Front = request.app.state.front
    return front


def source_of(request: Request) -> str:
    """The network address that asks, for audit events and limits."""
    return front_of(request).sources.of(
        request.client.host if request.client else "", request.scope["headers"]
    )


def _checked(request: Request, right: Right) -> Actor:
    access: Access = request.app.state.access
    actor = access.check(
        right,
        bearer=_bearer_token(request),
        internal=_single(request, "internal-secret"),
        source=source_of(request),
    )
    raise_body_error(request)
    return actor


def raise_body_error(request: Request) -> None:
    """What was wrong with the body; for guards to call once the sender is known."""
    error: GatewayError | None = request.scope.get("state", {}).get(STATE)
    if error is not None:
        raise error


def _bearer_token(request: Request) -> str | None:
    value = _single(request, "authorization")
    if value is None:
        return None
    scheme, _, token = value.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _single(request: Request, name: str) -> str | None:
    """A header as the bytes that were sent, read as UTF-8. Raises NotAuthenticated when repeated."""
    values = [value for key, value in request.scope["headers"] if key == name.encode("ascii")]
    if len(values) > 1:
        raise NotAuthenticated("Send each credential once.", code="invalid_credential")
    return values[0].decode(errors="surrogateescape") if values else None


def guarded(router: APIRouter, open_paths: Iterable[str]) -> APIRouter:
    """The router, its routes described with the permission that each needs.

    Raises RuntimeError when a route outside `open_paths` has no guard.
    """
    for route in router.routes:
        path, guard = getattr(route, "path", ""), _guard_of(route)
        if guard is None and path not in open_paths:
            raise RuntimeError(f"the route {path!r} does not declare who may use it")
        if guard is not None and guard.permission is not None and isinstance(route, APIRoute):
            route.openapi_extra = {**(route.openapi_extra or {}), PERMISSION_KEY: guard.permission.value}
    return router


def _guard_of(route: BaseRoute) -> Guard | None:
    calls = _calls(route.dependant) if isinstance(route, APIRoute) else ()
    return next((call for call in calls if isinstance(call, Guard)), None)


def _calls(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for below in dependant.dependencies:
        yield from _calls(below)
