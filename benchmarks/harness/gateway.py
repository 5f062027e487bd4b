"""This project's gateway with a key that leads to a given provider."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.processes import Running, free_port, running
from benchmarks.harness.provider import MODEL

COMMAND = Path(sys.executable).with_name("llm-gateway")
ENV = {"LLM_GATEWAY_EGRESS_ALLOW": "127.0.0.0/8", "LLM_GATEWAY_LOG_LEVEL": "warning"}


@dataclass(frozen=True)
class Gateway:
    process: Running
    key: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.process.port}"


def make_key(data: Path, provider_url: str) -> str:
    """Writes to the data directory; the gateway need not run."""
    env = dict(os.environ) | ENV | {"LLM_GATEWAY_PROVIDER_KEY": "sk-bench-provider-key"}
    connection = ["--provider", "openai_compatible", "--base-url", provider_url, "--model", MODEL]
    made = subprocess.run(
        [str(COMMAND), "keys", "create", *connection, "--json", "--data", str(data)],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(made.stdout)
    key: str = found["gateway_key"]
    return key


@contextmanager
def gateway(
    folder: Path, provider_url: str, *, core: int | None = None, env: Mapping[str, str] | None = None
) -> Iterator[Gateway]:
    """A fresh installation under `folder`, with a key for the provider."""
    key = make_key(folder / "data", provider_url)
    with serving(folder, core=core, env=env) as process:
        yield Gateway(process, key)


@contextmanager
def serving(
    folder: Path, *, core: int | None = None, env: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """The gateway on the data directory under `folder`. It may keep its compiled modules, as usual."""
    port = free_port()
    command = [str(COMMAND), "serve", "--data", str(folder / "data"), "--port", str(port)]
    log = folder / "gateway.log"
    settings = {**ENV, "PYTHONDONTWRITEBYTECODE": None, **(env or {})}
    with running(command, port=port, core=core, log=log, env=settings) as process:
        yield process
