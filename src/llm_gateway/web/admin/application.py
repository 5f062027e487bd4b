"""The administrative application, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from llm_gateway import __version__
from llm_gateway.control import Access, Keys, Registration
from llm_gateway.ports.records import AuditLog, RecordReader
from llm_gateway.web.admin import errors, reference
from llm_gateway.web.admin.bodies import StrictBodies
from llm_gateway.web.admin.guard import guarded
from llm_gateway.web.admin.history import history_router
from llm_gateway.web.admin.keys import keys_router
from llm_gateway.web.admin.registration import registration_router
from llm_gateway.web.admin.schemas import HealthOut
from llm_gateway.web.auth.front import Front

DESCRIPTION = (
    "Administrative endpoints need a session of the dashboard, a personal token or the admin token "
    "(Authorization: Bearer), or the internal secret (Internal-Secret). "
    "Errors are {error: {message, type, param, code}}. Times are Unix seconds."
)
OPENAPI = "/openapi.json"
OPEN_PATHS = ("/health", OPENAPI, reference.PATH, f"{reference.PATH}/page.js", f"{reference.PATH}/page.css")


@dataclass(frozen=True, slots=True)
class Controls:
    """What the routes lead to."""

    keys: Keys
    registration: Registration
    records: RecordReader
    audit: AuditLog


def build_admin(
    controls: Controls,
    access: Access,
    *,
    routers: Sequence[APIRouter] = (),
    body_limits: Mapping[str, int] | None = None,
    front: Front | None = None,
) -> FastAPI:
    """The administrative API as an ASGI application.

    `routers` are further routes, each with a Guard among its dependencies; RuntimeError when one has
    none. `body_limits` gives sizes other than 64 KiB for the bodies of single paths.
    """
    app = FastAPI(
        title="LLM Security Gateway",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=OPENAPI,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        responses={"4XX": {"model": errors.ErrorBody, "description": "What went wrong, and the remedy."}},
    )
    app.state.access = access
    app.state.front = front or Front()
    errors.install(app)
    app.add_middleware(StrictBodies, limits=body_limits or {})
    app.add_middleware(SafeHeaders)
    own = (
        _health_router(),
        registration_router(controls.keys, controls.registration),
        keys_router(controls.keys),
        history_router(controls.records, controls.audit),
        reference.reference_router(),
    )
    for router in (*own, *routers):
        app.include_router(guarded(router, OPEN_PATHS))
    return app


def _health_router() -> APIRouter:
    router = APIRouter(tags=["Operation"])

    @router.head("/health", include_in_schema=False)
    @router.get("/health")
    async def health() -> HealthOut:
        """Whether the gateway runs. Needs no credential and says nothing else."""
        return HealthOut(status="ok", version=__version__)

    return router


class SafeHeaders:
    """Headers for every answer: nothing is cached, sniffed or framed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["cache-control"] = "no-store"
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers.setdefault("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
