"""Servers as child processes on given cores."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class NotStarted(Exception):
    """A server did not come up; the message has the end of its log."""


@dataclass(frozen=True)
class Running:
    pid: int
    port: int
    log: Path

    @property
    def resident_mib(self) -> float:
        """Resident memory of the whole process group."""
        pages = sum(_resident_pages(pid) for pid in _group(self.pid))
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str],
    *,
    port: int,
    core: int | None,
    log: Path,
    env: Mapping[str, str | None] | None = None,
    patience: float = 120.0,
) -> Iterator[Running]:
    """Yields once the port accepts connections. `core` None leaves the choice to the system.
    `env` is laid over the environment; None takes a name away."""
    pinned = ["taskset", "-c", str(core), *command] if core is not None else list(command)
    with log.open("wb") as output:
        process = subprocess.Popen(
            pinned,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment(env or {}),
        )
    try:
        _wait_for_port(process, port, log, patience)
        yield Running(process.pid, port, log)
    finally:
        _end(process)


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    changed = {**os.environ, **changes}
    return {name: value for name, value in changed.items() if value is not None}


def _wait_for_port(process: subprocess.Popen[bytes], port: int, log: Path, patience: float) -> None:
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    tail = log.read_text(errors="replace")[-2000:]
    raise NotStarted(f"no answer on port {port} (exit status {process.poll()}):\n{tail}")


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(10)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
        else:
            break
    process.wait(10)


def _group(leader: int) -> list[int]:
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == leader:
                members.append(int(entry.name))
    return members


def _resident_pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
