"""/docs: the API described for people, from pages that this package carries.

The usual viewer is loaded from a foreign host at reading time. This one is three small files of our
own, so that the page works offline and under a policy that allows scripts from here only.
"""

from collections.abc import Awaitable, Callable
from importlib import resources

from fastapi import APIRouter
from starlette.responses import Response

PATH = "/docs"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'"

_TYPES = {
    "page.html": "text/html; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
}


def reference_router() -> APIRouter:
    router = APIRouter(include_in_schema=False)
    for path, name in ((PATH, "page.html"), (f"{PATH}/page.js", "page.js"), (f"{PATH}/page.css", "page.css")):
        router.add_api_route(path, _page(name), methods=["GET"], name=name)
    return router


def _page(name: str) -> Callable[[], Awaitable[Response]]:
    content = resources.files(__package__).joinpath("reference_page", name).read_bytes()

    async def page() -> Response:
        return Response(content, media_type=_TYPES[name], headers={"content-security-policy": POLICY})

    return page
