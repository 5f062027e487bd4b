"""One application: proxied surfaces on the short way, everything else to the administrative API."""

from llm_gateway.web.proxy import PREFIXES, Application, Receive, Scope, Send


class Root:
    """The ASGI application that the edge serves."""

    def __init__(self, proxy: Application, admin: Application) -> None:
        self._proxy = proxy
        self._admin = admin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(PREFIXES):
            await self._proxy(scope, receive, send)
        else:
            await self._admin(scope, receive, send)
