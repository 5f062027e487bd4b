"""The load generator. A window in which any request failed is void and raises Void."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("post.lua")


class Void(Exception):
    """A request failed: the window proves nothing."""


@dataclass(frozen=True)
class Target:
    """Where to send what. `bodies` are sent in turn."""

    url: str
    headers: Mapping[str, str]
    bodies: Sequence[str]


@dataclass(frozen=True)
class Window:
    """Latencies in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def window(target: Target, *, concurrency: int, seconds: float, core: int | None, folder: Path) -> Window:
    """One measured window. Raises Void."""
    task = folder / "load.json"
    task.write_text(json.dumps({"headers": dict(target.headers), "bodies": list(target.bodies)}))
    command = _command(target, task, concurrency, seconds)
    pinned = ["taskset", "-c", str(core), *command] if core is not None else command
    environment = dict(os.environ) | _lua_lists(target, folder)
    done = subprocess.run(pinned, capture_output=True, text=True, env=environment, check=True)
    found = json.loads(done.stdout.strip().splitlines()[-1])
    if found["errors"] or not found["requests"]:
        raise Void(f"{found['errors']} of {found['requests']} requests failed")
    return Window(found["requests"], found["microseconds"] / 1e6, found["p50"] / 1000, found["p99"] / 1000)


def _command(target: Target, task: Path, concurrency: int, seconds: float) -> list[str]:
    wrk = shutil.which("wrk")
    if wrk is None:
        module = [sys.executable, "-m", "benchmarks.harness.load"]
        return [*module, target.url, str(concurrency), str(seconds), str(task)]
    size = [f"-c{concurrency}", "-t1", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
    return [wrk, *size, "-s", str(SCRIPT), target.url]


def _lua_lists(target: Target, folder: Path) -> dict[str, str]:
    """wrk's Lua has no JSON reader: bodies go line by line, headers as name and value lines."""
    bodies, headers = folder / "bodies.txt", folder / "headers.txt"
    bodies.write_text("".join(body + "\n" for body in target.bodies))
    headers.write_text("".join(f"{name}\n{value}\n" for name, value in target.headers.items()))
    return {"BENCH_BODIES": str(bodies), "BENCH_HEADERS": str(headers)}


async def _client(host: str, port: int, requests: Sequence[bytes], end: float, seen: list[float]) -> int:
    """Sends until the end of the window; gives the number of failures."""
    reader, writer = await asyncio.open_connection(host, port)
    turn = 0
    while time.perf_counter() < end:
        started = time.perf_counter()
        writer.write(requests[turn % len(requests)])
        turn += 1
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(_length(head))
        if not head.startswith(b"HTTP/1.1 2"):
            return 1
        seen.append(time.perf_counter() - started)
    writer.close()
    return 0


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("the generator in Python needs answers with a Content-Length; install wrk")


def _requests(url: str, task: Path) -> list[bytes]:
    given = json.loads(task.read_text())
    address, _, path = url.removeprefix("http://").partition("/")
    lines = [f"POST /{path} HTTP/1.1", f"Host: {address}"]
    lines += [f"{name}: {value}" for name, value in given["headers"].items()]
    head = "\r\n".join(lines).encode()
    bodies = (body.encode() for body in given["bodies"])
    return [b"%b\r\nContent-Length: %d\r\n\r\n%b" % (head, len(body), body) for body in bodies]


async def _generate(
    address: str, requests: Sequence[bytes], concurrency: int, seconds: float
) -> dict[str, float]:
    host, _, port = address.partition(":")
    seen: list[float] = []
    started = time.perf_counter()
    clients = [_client(host, int(port), requests, started + seconds, seen) for _ in range(concurrency)]
    failures = await asyncio.gather(*clients)
    seen.sort()
    return {
        "requests": len(seen),
        "microseconds": (time.perf_counter() - started) * 1e6,
        "p50": seen[len(seen) // 2] * 1e6,
        "p99": seen[len(seen) * 99 // 100] * 1e6,
        "errors": sum(failures),
    }


def main(url: str, concurrency: int, seconds: float, task: Path) -> None:
    address = url.removeprefix("http://").partition("/")[0]
    print(json.dumps(asyncio.run(_generate(address, _requests(url, task), concurrency, seconds))))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4]))
