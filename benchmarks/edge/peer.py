"""The servers that are compared, each around the same application. Run as a program by `servers`:

python peer.py edge|uvicorn|granian PORT
"""

import importlib
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

SEEN: list[str] = []


async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answers with the size of the body; /stream pours out, /seen tells the paths asked for so far."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/seen":
        await _say(send, json.dumps(SEEN).encode())
        return
    if len(SEEN) < 10_000:
        SEEN.append(scope["path"])
    if scope["path"] == "/stream":
        await _pour(send)
        return
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await _say(send, b"%d" % size)


async def _say(send: Send, body: bytes) -> None:
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _pour(send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(2000):
        await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})


def edge(port: int) -> None:
    import uvloop

    from llm_gateway.settings import load
    from llm_gateway.web.edge import serve

    uvloop.run(serve(application, load(port=port)))  # type: ignore[arg-type]


def uvicorn(port: int) -> None:
    # A peer is no dependency of ours; it is there only in the environment that --peers names.
    importlib.import_module("uvicorn").run(
        application,
        port=port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="critical",
        lifespan="off",
        timeout_keep_alive=75,
    )


def granian(port: int) -> None:
    constants = importlib.import_module("granian.constants")
    importlib.import_module("granian.server").Server(
        "peer:application",
        address="127.0.0.1",
        port=port,
        interface=constants.Interfaces.ASGINL,
        workers=1,
        loop=constants.Loops.uvloop,
        log_enabled=False,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    {"edge": edge, "uvicorn": uvicorn, "granian": granian}[sys.argv[1]](int(sys.argv[2]))
