"""connected() under ASGI servers other than ours."""

import asyncio
from typing import Any

import pytest

from llm_gateway.web.edge import ClientGone, connected


def leaving_after(seconds: float) -> Any:
    async def receive() -> dict[str, Any]:
        await asyncio.sleep(seconds)
        return {"type": "http.disconnect"}

    return receive


async def test_without_our_edge_it_listens_itself() -> None:
    """The work is cancelled and the reason told."""
    with pytest.raises(ClientGone):
        async with connected({"type": "http"}, leaving_after(0.01)):
            await asyncio.sleep(10)


async def test_finished_work_is_left_alone() -> None:
    """A client that leaves later changes nothing."""
    async with connected({"type": "http"}, leaving_after(0.05)):
        pass
    await asyncio.sleep(0.1)


async def test_a_failure_of_the_work_stays_itself() -> None:
    """Only our own cancelling turns into ClientGone."""
    with pytest.raises(LookupError):
        async with connected({"type": "http"}, leaving_after(10)):
            raise LookupError


async def test_another_cancelling_stays_a_cancelling() -> None:
    """A deadline around it, or a server that shuts down, is not mistaken for the client."""

    async def work() -> None:
        async with connected({"type": "http"}, leaving_after(10)):
            await asyncio.sleep(10)

    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
