"""An application that is still being loaded while the server already answers."""

import asyncio
from collections.abc import Callable

from llm_gateway.web.proxy import Application, Receive, Scope, Send


class Later:
    """Loads an application in a thread; requests that come before wait for it.

    The administrative API takes most of the time that a start takes, and the proxied surfaces do not
    need it. `load` runs once.
    """

    def __init__(self, load: Callable[[], Application]) -> None:
        self._load = load
        self._loading: asyncio.Task[Application] | None = None

    def start(self) -> None:
        """Begins to load. Call it inside the event loop."""
        if self._loading is None:
            self._loading = asyncio.create_task(
                asyncio.to_thread(self._load), name="loading of the admin API"
            )

    async def finish(self) -> None:
        """Waits until nothing is loading any more, so that the process can end."""
        if self._loading is not None:
            await asyncio.wait((self._loading,))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.start()
        assert self._loading is not None  # noqa: S101 - start has just made it
        application = await asyncio.shield(self._loading)
        await application(scope, receive, send)
