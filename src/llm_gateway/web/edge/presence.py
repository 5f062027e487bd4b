"""Noticing that the client went away while its answer is being made."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from types import TracebackType
from typing import Any, Protocol, Self

# Under this name of `scope["extensions"]` the edge puts a Presence.
EXTENSION = "llm_gateway.presence"

_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class ClientGone(OSError):
    """Nobody reads the answer any more. An OSError, as the ASGI specification 2.4 asks."""


class Presence(Protocol):
    @property
    def gone(self) -> bool: ...

    def watch(self, on_gone: Callable[[], None] | None) -> None: ...


class connected:  # noqa: N801 - read as a phrase: `async with connected(scope, receive):`
    """Cancels what runs inside when the client goes away, and then raises ClientGone.

    Enter it after the whole body has been read. On our own edge it costs two assignments; under
    another ASGI server it listens on `receive` in a task of its own.
    """

    def __init__(self, scope: MutableMapping[str, Any], receive: _Receive) -> None:
        self._presence: Presence | None = scope.get("extensions", {}).get(EXTENSION)
        self._receive = receive
        self._fired = False

    async def __aenter__(self) -> Self:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("connected() works only inside a task")
        self._task = task
        self._cancelling = task.cancelling()
        self._listener: asyncio.Task[None] | None = None
        if self._presence is None:
            self._listener = asyncio.create_task(self._listen(), name="presence of a client")
        elif self._presence.gone:
            raise ClientGone
        else:
            self._presence.watch(self._leave)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._presence is not None:
            self._presence.watch(None)
        if self._listener is not None:
            self._listener.cancel()
        if not self._fired:
            return
        ours_alone = self._task.uncancel() <= self._cancelling
        if ours_alone and kind is asyncio.CancelledError:
            raise ClientGone from error

    def _leave(self) -> None:
        self._fired = True
        self._task.cancel()

    async def _listen(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._leave()
