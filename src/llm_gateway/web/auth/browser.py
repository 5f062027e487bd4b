"""What is particular to browsers: the session cookie, and requests that other sites make them send.

A browser attaches the cookie whoever causes a request. Three things keep other sites out: the cookie
is SameSite=Lax; a body has to be JSON, which other sites cannot send unasked; and whatever changes
something must name our own origin, in Sec-Fetch-Site or in Origin.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from llm_gateway.domain.errors import BadRequest, NotPermitted
from llm_gateway.domain.secret import Secret

SESSION = "lgw_session"
PENDING = "lgw_signin"
_SECURE = "__Host-"
"""Before the name everywhere but on http://localhost and the like, where some browsers keep no Secure
cookie."""

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))

Headers = Iterable[tuple[bytes, bytes]]


class Browser:
    """`public_origin` is where people reach this gateway, such as https://llm.example.com; empty when
    only the Host header tells."""

    def __init__(self, public_origin: str = "") -> None:
        self._origin = public_origin

    def session_token(self, headers: Headers) -> Secret | None:
        """The token in the session cookie. None without one, and when there are several."""
        return self.token(headers, SESSION)

    def token(self, headers: Headers, name: str) -> Secret | None:
        """The same for the cookie `name`."""
        cookies = _cookies(headers)
        found = cookies.get(_SECURE + name, [])
        if not found and self._is_local(headers):
            found = cookies.get(name, [])
        return Secret(found[0]) if len(found) == 1 and found[0] else None

    def cookie(self, headers: Headers, token: Secret, seconds: float, name: str = SESSION) -> str:
        """The Set-Cookie header that hands a session over."""
        prefix, secure = ("", "") if self._is_local(headers) else (_SECURE, "; Secure")
        lasts = f"Path=/; Max-Age={int(seconds)}{secure}; HttpOnly; SameSite=Lax"
        return f"{prefix}{name}={token.reveal()}; {lasts}"

    def check_connection(self, headers: Headers) -> None:
        """Raises BadRequest when no browser would keep a session on this connection."""
        if _header(headers, b"origin").startswith("http://") and not self._is_local(headers):
            raise BadRequest(
                "Sign in over https, or on the machine itself at http://localhost: browsers keep a session "
                "on no other connection.",
                code="insecure_connection",
            )

    def farewell(self, headers: Headers) -> str:
        """The Set-Cookie header that takes the session away."""
        return self.cookie(headers, Secret(""), 0)

    def check_origin(self, method: str, headers: Headers, *, required: bool = True) -> None:
        """Raises NotPermitted for a changing request that does not come from our own pages.

        Without `required`, one that tells nothing passes: it is no browser's.
        """
        if method in SAFE_METHODS:
            return
        site, origin = _header(headers, b"sec-fetch-site"), _header(headers, b"origin")
        if not site and not origin and not required:
            return
        own = site == "same-origin" if site else self._is_own(origin, _header(headers, b"host"))
        if not own:
            raise NotPermitted(
                "The request does not come from this gateway's own pages. Scripts authenticate with a "
                "personal token instead of the session.",
                code="cross_site_request",
            )

    def _is_own(self, origin: str, host: str) -> bool:
        if not origin:
            return False
        own = {f"https://{host.lower()}", f"http://{host.lower()}"} if host else set()
        return origin == self._origin or origin in own

    def _is_local(self, headers: Headers) -> bool:
        """Whether the browser is on this machine and speaks plain http, as far as it can be seen.

        To be wrong costs the wrong side only its own session.
        """
        if self._origin.startswith("https://") or _header(headers, b"x-forwarded-proto") == "https":
            return False
        origin = _header(headers, b"origin")
        return _is_loopback(origin if origin else f"http://{_header(headers, b'host')}")


def _is_loopback(origin: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme == "http" and (parts.hostname or "") in _LOOPBACK


def _header(headers: Headers, name: bytes) -> str:
    """The header's text; what comes several times counts as something nobody expects."""
    values = [value for key, value in headers if key == name]
    return values[0].decode("latin-1") if len(values) == 1 else "several" * bool(values)


def _cookies(headers: Headers) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in headers:
        if key == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                name, _, text = pair.strip().partition("=")
                found.setdefault(name, []).append(text)
    return found
