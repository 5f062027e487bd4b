"""Telling the application that serving begins and ends (the ASGI lifespan protocol)."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

from llm_gateway.web.edge.exchange import Application


class StartupFailed(Exception):
    """The application said that it cannot serve."""


@asynccontextmanager
async def lifespan(application: Application) -> AsyncIterator[dict[str, Any]]:
    """Startup before, shutdown after; gives the state that every scope carries a copy of.

    An application that returns without an answer takes no part in the protocol. One that raises
    does not start.
    """
    state: dict[str, Any] = {}
    asked: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
    answers: asyncio.Queue[MutableMapping[str, Any]] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": state}

    async def run() -> None:
        await application(scope, asked.get, answers.put)

    task = asyncio.create_task(run(), name="lifespan of the application")
    try:
        await _ask("startup", task, asked, answers)
        yield state
        await _ask("shutdown", task, asked, answers)
    finally:
        task.cancel()


async def _ask(
    stage: str,
    task: asyncio.Task[None],
    asked: asyncio.Queue[MutableMapping[str, Any]],
    answers: asyncio.Queue[MutableMapping[str, Any]],
) -> None:
    if task.done():
        return
    asked.put_nowait({"type": f"lifespan.{stage}"})
    answer = asyncio.create_task(answers.get(), name=f"lifespan {stage}")
    await asyncio.wait((task, answer), return_when=asyncio.FIRST_COMPLETED)
    if answer.done():
        if answer.result()["type"] == f"lifespan.{stage}.failed":
            raise StartupFailed(answer.result().get("message", ""))
        return
    answer.cancel()
    task.result()
