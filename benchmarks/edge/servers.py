"""The same application behind our edge, uvicorn and Granian: strictness, slow clients, CPU.

    python -m benchmarks.edge.servers [--peers DIR]

`--peers` is a virtual environment that has granian and uvicorn; without it only the edge is measured.
Every figure comes from a server process of its own on a free port. Behind docs/adr/0004-http-server.md.
"""

import argparse
import asyncio
import contextlib
import json
import socket
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests.integration.framing.cases import FOLLOWING, all_cases, answers
from tests.integration.framing.conftest import exchange

PEER = Path(__file__).with_name("peer.py")
HALF_A_HEAD = b"GET /0 HTTP/1.1\r\nHos"
BODY_TO_COME = b"POST /0 HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
POUR = b"GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"
SEEN = b"GET /seen HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
CHAT = (
    b"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAccept: application/json\r\n"
    b"Content-Type: application/json\r\nUser-Agent: OpenAI/Python 3.57.0\r\nX-Stainless-Lang: python\r\n"
    b"X-Stainless-OS: Linux\r\nX-Stainless-Arch: x64\r\nX-Stainless-Retry-Count: 0\r\n"
    b"Authorization: Bearer lgw_live_000000000000_0000000000000000000000000000000000000000000_000000\r\n"
    b"Accept-Encoding: gzip, deflate\r\nContent-Length: 300\r\n\r\n" + b"x" * 300
)
PATIENCE = 75
READERS = 100


@dataclass
class Process:
    process: asyncio.subprocess.Process
    port: int

    def pids(self) -> list[int]:
        """The server and its workers."""
        found, queue = [], [self.process.pid]
        while queue:
            pid = queue.pop()
            found.append(pid)
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
            queue += [int(child) for child in children.split()]
        return found

    def cpu(self) -> float:
        """Seconds used so far, user and system."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / 100

    def resident(self) -> float:
        """KiB."""
        texts = [Path(f"/proc/{pid}/status").read_text(encoding="ascii") for pid in self.pids()]
        return sum(int(text.partition("VmRSS:")[2].split()[0]) for text in texts)

    def open_connections(self) -> int:
        """As the kernel counts them, those that it still tries to deliver to included."""
        lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        ends = [(line.split()[1], line.split()[3]) for line in lines]
        states = ("01", "04", "05", "08")
        return sum(end.endswith(f":{self.port:04X}") and state in states for end, state in ends)


@contextlib.asynccontextmanager
async def running(kind: str, python: str) -> AsyncIterator[Process]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        python, str(PEER), kind, str(port), cwd=PEER.parent, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(20):
            while True:
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                    writer.close()
                    break
                await asyncio.sleep(0.1)
        yield Process(process, port)
    finally:
        process.terminate()
        await process.wait()


async def strictness(server: Process) -> str:
    """How many cases are answered otherwise than stated, and smuggled requests let in."""
    wrong = []
    for case in all_cases():
        try:
            got = [answer.status for answer in answers(await exchange(server.port, case.sent + FOLLOWING))]
        except (TimeoutError, AssertionError, KeyError, ValueError):
            got = []
        if got != [*case.statuses, *([200] if case.accepted and not case.closes else [])]:
            wrong.append(case)
    seen = json.loads(answers(await exchange(server.port, SEEN))[0].body)
    smuggled = sum("smuggled" in path for path in seen)
    lax = sum(not case.accepted for case in wrong)
    return (
        f"{len(wrong)} of {len(all_cases())} otherwise, {lax} of them should be refused; {smuggled} smuggled"
    )


async def until_cut(server: Process, first: bytes) -> str:
    """Seconds until the server ends a connection that goes on with one byte a second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(first)
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            async with asyncio.timeout(1):
                await reader.read(1000)
            break
        except TimeoutError:
            writer.write(b"a")
        except ConnectionError:
            break
    seconds = time.monotonic() - began
    writer.transport.abort()
    return _within(seconds)


async def slow_readers(server: Process) -> str:
    """Growth of memory and time until cut for clients that ask for a stream and do not read it."""
    before, began = server.resident(), time.monotonic()
    clients = [await _not_reading(server.port) for _ in range(READERS)]
    await asyncio.sleep(4)
    growth = (server.resident() - before) / READERS
    for _ in range(PATIENCE):
        if not server.open_connections():
            break
        await asyncio.sleep(1)
    seconds = time.monotonic() - began
    for client in clients:
        client.close()
    return f"{growth:.0f} KiB each, cut {_within(seconds)}"


async def _not_reading(port: int) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.setblocking(False)
    await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", port))
    client.send(POUR)
    return client


def _within(seconds: float) -> str:
    return f"after {seconds:.0f} s" if seconds < PATIENCE else f"not within {PATIENCE} s"


async def cost(server: Process) -> str:
    """CPU of the server for one POST of a chat on a kept connection, eight at a time."""
    await _chat(server.port, 1)
    before = server.cpu()
    done = await _chat(server.port, 4)
    return f"{(server.cpu() - before) / done * 1e6:.0f} us"


async def _chat(port: int, seconds: float) -> int:
    end = time.monotonic() + seconds

    async def client() -> int:
        done = 0
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.monotonic() < end:
            writer.write(CHAT)
            await reader.readuntil(b"\r\n\r\n300")
            done += 1
        writer.close()
        return done

    return sum(await asyncio.gather(*(client() for _ in range(8))))


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path)
    given = parser.parse_args()
    kinds = {"edge": sys.executable}
    if given.peers:
        kinds |= dict.fromkeys(("uvicorn", "granian"), str(given.peers / "bin" / "python"))
    for kind, python in kinds.items():
        async with running(kind, python) as server:
            print(f"\n{kind}")
            print("  CPU of a request        ", await cost(server))
            head, body = await asyncio.gather(until_cut(server, HALF_A_HEAD), until_cut(server, BODY_TO_COME))
            print("  dribbled header         ", head)
            print("  body of 1 B/s           ", body)
            print("  clients that do not read", await slow_readers(server))
            print("  framing                 ", await strictness(server))


if __name__ == "__main__":
    asyncio.run(main())
