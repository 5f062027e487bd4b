"""Which address shows which file."""

from collections.abc import Mapping
from pathlib import Path

from llm_gateway.web.proxy import Application, Receive, Scope, Send
from llm_gateway.web.site.files import ENCODINGS, File, read_files
from llm_gateway.web.site.headers import REVALIDATE, SECURITY

STATIC = Path(__file__).with_name("static")
DASHBOARD = "dashboard"
_APPLICATION = f"{DASHBOARD}/index.html"
_HOME = "site/index.html"
_NOT_BUILT = File(
    b"<!doctype html><html lang=en><meta charset=utf-8><title>Not built</title>"
    b"<p>The dashboard is not built. Run <code>scripts/build-dashboard</code> and start again.",
    "text/html; charset=utf-8",
    REVALIDATE,
)


class Site:
    """Answers for pages and their files; hands every other request on."""

    def __init__(self, files: Mapping[str, File], otherwise: Application) -> None:
        self._files = files
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._found(scope) if scope["type"] == "http" else None
        if found is None:
            await self._otherwise(scope, receive, send)
        else:
            await _send(scope, send, *found)

    def _found(self, scope: Scope) -> tuple[int, File] | None:
        if scope["method"] not in ("GET", "HEAD"):
            return None
        path: str = scope["path"]
        if path == f"/{DASHBOARD}" or path.startswith(f"/{DASHBOARD}/"):
            return self._in_dashboard(path.strip("/"))
        if path == "/":
            return 200, self._files.get(_HOME, _NOT_BUILT)
        name = f"site{path}"
        file = self._files.get(name) or self._files.get(f"{name}.html")
        return None if file is None else (200, file)

    def _in_dashboard(self, name: str) -> tuple[int, File] | None:
        """A file by its name; for every other address the page, which knows what to draw there.

        A missing asset is not answered with the page: a browser that still runs the script of an
        older version has to notice.
        """
        if name.startswith(f"{DASHBOARD}/assets/") and name not in self._files:
            return None
        page = self._files.get(_APPLICATION)
        if page is None:
            return 503, _NOT_BUILT
        return 200, self._files.get(name, page)


def load_site(prefix: str, otherwise: Application, directory: Path = STATIC) -> Site:
    """The built site, mounted under `prefix` (empty for the root)."""
    return Site(read_files(directory, prefix), otherwise)


async def _send(scope: Scope, send: Send, status: int, file: File) -> None:
    asked = dict(scope["headers"])
    coding, content = _fitting(file, asked.get(b"accept-encoding", b"").decode("latin-1"))
    fresh = status == 200 and asked.get(b"if-none-match") == file.etag
    headers = [
        *SECURITY,
        (b"content-type", file.media_type.encode()),
        (b"cache-control", file.cache),
        (b"etag", file.etag),
    ]
    if file.encoded:
        headers.append((b"vary", b"accept-encoding"))
    if coding and not fresh:
        headers.append((b"content-encoding", coding.encode()))
    if not fresh:
        headers.append((b"content-length", str(len(content)).encode()))
    body = b"" if fresh or scope["method"] == "HEAD" else content
    await send({"type": "http.response.start", "status": 304 if fresh else status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _fitting(file: File, accepted: str) -> tuple[str, bytes]:
    """The smallest form that the client takes. A coding given with any weight but q=0 is taken."""
    codings = {part.partition(";")[0].strip(): part for part in accepted.lower().split(",")}
    for coding, _ in ENCODINGS:
        if coding in codings and coding in file.encoded and not _declined(codings[coding]):
            return coding, file.encoded[coding]
    return "", file.content


def _declined(part: str) -> bool:
    return part.replace(" ", "").endswith((";q=0", ";q=0.0", ";q=0.00", ";q=0.000"))
