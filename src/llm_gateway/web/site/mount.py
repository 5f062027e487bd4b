"""Serving below another path than `/`."""

from llm_gateway.web.proxy import Application, Receive, Scope, Send


class Mounted:
    """Takes the mount prefix off the paths of requests that carry it.

    A reverse proxy may strip the prefix itself or leave it on; both reach the same address. Links in
    pages always carry it, because pages are told the prefix in their base address.
    """

    def __init__(self, prefix: str, application: Application) -> None:
        """`prefix` is empty or starts with a slash and does not end with one."""
        self._prefix = prefix
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._prefix and scope["type"] == "http" and self._covers(scope["path"]):
            path = scope["path"][len(self._prefix) :] or "/"
            scope = {**scope, "path": path, "raw_path": path.encode("utf-8", "surrogateescape")}
        await self._application(scope, receive, send)

    def _covers(self, path: str) -> bool:
        return path == self._prefix or path.startswith(f"{self._prefix}/")
