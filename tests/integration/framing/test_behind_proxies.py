"""The framing cases through proxies that keep and share their connections to the edge.

What a proxy lets pass, it and the edge must read alike: else a request could be hidden in another's
body and be answered to somebody else. Proxies that are not installed are left out on a developer's
machine; in CI (CI=true) they are installed, and the tests fail where that is not possible.
"""

import asyncio
import re
from contextlib import suppress
from pathlib import Path

import pytest

from tests.integration.framing.cases import FOLLOWING, Case, all_cases
from tests.integration.framing.conftest import Edge
from tests.integration.framing.fronts import front, install_missing, wanted

_SEEN = re.compile(rb"(?im)^x-seen: ([^\r]*)\r$")


@pytest.fixture(scope="module", autouse=True)
def proxies() -> None:
    install_missing()


async def through(port: int, data: bytes) -> list[str]:
    """The paths that the application says it answered, as they come back through the front."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    got = b""
    with suppress(ConnectionError, TimeoutError):
        writer.write(data)
        while True:
            async with asyncio.timeout(0.4):
                piece = await reader.read(65536)
            if not piece:
                break
            got += piece
    writer.transport.abort()
    return [path.decode("latin-1") for path in _SEEN.findall(got)]


async def disagreements(case: Case, port: int, edge: Edge) -> list[str]:
    """What went wrong with `case`, or nothing."""
    edge.echo.paths.clear()
    relayed = await through(port, case.sent + FOLLOWING)
    asked = [path[:100] for path in edge.echo.paths]
    wrong = [f"saw {path}" for path in asked if "smuggled" in path]
    rest = iter(asked)
    if not all(path in rest for path in relayed):
        wrong.append(f"relayed {relayed}, asked {asked}")
    for victim in ("/victim/1", "/victim/2"):
        request = f"GET {victim} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()
        answered = await through(port, request)
        if answered != [victim]:
            wrong.append(f"{victim} was answered {answered}")
    return [f"{case.name}: {problem}" for problem in wrong]


@pytest.mark.timeout(700)
@pytest.mark.parametrize("name", ["direct", *wanted()])
async def test_front_and_edge_agree(name: str, edge: Edge, tmp_path: Path) -> None:
    """No case hides a request from the front, and none disturbs the clients that come after it."""
    wrong: list[str] = []
    async with front(name, edge.port, tmp_path) as port:
        for case in all_cases():
            wrong += await disagreements(case, port, edge)

    assert wrong == []
