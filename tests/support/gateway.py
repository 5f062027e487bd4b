"""The real gateway in a process of its own, as an operator starts it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llm_gateway.app.installation import opened
from llm_gateway.control import Actor, ControlDeps, Destination, Keys, NewKey
from llm_gateway.domain.record import Record
from llm_gateway.domain.secret import Secret
from llm_gateway.settings import load

ACTOR = Actor("test", "test")
COMMAND = Path(sys.executable).with_name("llm-gateway")
PROVIDER_KEY = "sk-provider-canary-4f1d0c9e7b2a"
MODEL = "test-model"
_PATIENCE = 90.0


def environment(**extra: str) -> dict[str, str]:
    """That of a clean shell: no setting of the machine reaches the gateway under test."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LLM_GATEWAY_")}
    # Without compiled modules every start compiles them all anew, which takes longer than the test.
    for name in ("INTERNAL_API_SECRET", "DATABASE_URL", "MODEL", "PYTHONDONTWRITEBYTECODE"):
        clean.pop(name, None)
    return clean | {"LLM_GATEWAY_EGRESS_ALLOW": "127.0.0.0/8"} | extra


@dataclass(frozen=True)
class RunningGateway:
    process: "subprocess.Popen[bytes]"
    url: str
    data: Path
    log: Path

    @contextmanager
    def keys(self) -> Iterator[Keys]:
        """The use cases on this installation, from another process than the gateway's, as the command
        line works; without the seconds that starting a command takes."""

        async def vet(_url: str) -> None:
            """The addresses of tests are all this machine's."""

        with opened(load(None, data_dir=self.data)) as found:
            yield Keys(ControlDeps(store=found.keys, vault=found.vault, vet=vet, clock=found.clock))

    def key_for(self, provider_url: str, **fields: Any) -> str:
        """A new gateway key that leads to this provider. A running gateway follows within a second."""
        return self.keys_for(provider_url, 1, **fields)[0]

    def keys_for(self, provider_url: str, count: int, **fields: Any) -> list[str]:
        """Several, each with a connection of its own; the first of them is the last that was made."""
        destination = Destination("openai_compatible", Secret(PROVIDER_KEY), provider_url)

        async def create(keys: Keys) -> list[str]:
            return [
                (await keys.create(ACTOR, NewKey(destination, MODEL, **fields))).token.reveal()
                for _ in range(count)
            ]

        with self.keys() as keys:
            return asyncio.run(create(keys))[::-1]

    def records(self) -> Sequence[Record]:
        """What is committed, newest first."""
        with opened(load(None, data_dir=self.data)) as found:
            return found.records.list(limit=200)

    def stop(self) -> int:
        """An orderly stop; gives the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_PATIENCE)


@contextmanager
def running_gateway(folder: Path, **env: str) -> Iterator[RunningGateway]:
    """A gateway on a free port with its data under `folder`. Ends it whatever happened."""
    folder.mkdir(parents=True, exist_ok=True)
    data, log = folder / "data", folder / "gateway.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(COMMAND), "serve", "--port", "0", "--data", str(data)],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=environment(**env),
            cwd=folder,
        )
    try:
        yield RunningGateway(process, _announced_url(process, log), data, log)
    finally:
        if process.poll() is None:
            process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(_PATIENCE)


def _announced_url(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """The address that the gateway prints once it accepts requests."""
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        for line in log.read_text(errors="replace").splitlines():
            if "is running at http://" in line:
                return line.rpartition(" ")[2]
        time.sleep(0.02)
    raise AssertionError(f"the gateway did not start:\n{log.read_text(errors='replace')[-3000:]}")


def eventually(condition: Any, timeout: float = 5.0) -> Any:
    """The first true value of `condition()`, tried again and again."""
    give_up = time.monotonic() + timeout
    while not (found := condition()):
        if time.monotonic() > give_up:
            raise AssertionError("it did not come true in time")
        time.sleep(0.02)
    return found


def assert_absent(canaries: Mapping[str, str], places: Mapping[str, bytes]) -> None:
    """None of the secret values occurs in any of the places."""
    found = [
        (name, place)
        for name, value in canaries.items()
        for place, content in places.items()
        if value.encode() in content
    ]
    assert not found, found
