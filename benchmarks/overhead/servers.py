"""How each server under test is started, each in its fastest documented form with one process."""

import json
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.gateway import gateway
from benchmarks.harness.processes import Running, free_port, running
from benchmarks.harness.provider import MODEL
from benchmarks.overhead import peers


@dataclass(frozen=True)
class Place:
    """Where a server is started and what it may use."""

    folder: Path
    upstream: str
    core: int | None
    cache: Path


@dataclass(frozen=True)
class Started:
    url: str
    headers: Mapping[str, str]
    process: Running
    version: str = ""


Server = Callable[[Place], AbstractContextManager[Started]]

NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/proxy.pid; error_log stderr error;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; client_body_temp_path {folder};
  proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  client_body_buffer_size 1m;
  upstream provider {{ server {upstream}; keepalive 256; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{
      proxy_pass http://provider; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer sk-bench";
    }}
  }}
}}
"""


@contextmanager
def relay(place: Place) -> Iterator[Started]:
    port = free_port()
    serving = ["-m", "uvicorn", "--no-access-log", "--log-level", "warning", "--loop", "uvloop"]
    command = [sys.executable, *serving, "--port", str(port), "benchmarks.overhead.relay:application"]
    env = {"BENCH_UPSTREAM": f"{place.upstream}/chat/completions"}
    with _run(command, port, place, "relay", env) as process:
        yield Started(_chat(port), {}, process)


@contextmanager
def nginx(place: Place) -> Iterator[Started]:
    found = shutil.which("nginx")
    if found is None:
        raise peers.NotInstalled("nginx is not installed")
    port = free_port()
    config = place.folder / "proxy.conf"
    address = place.upstream.removeprefix("http://").partition("/")[0]
    config.write_text(NGINX.format(folder=place.folder, port=port, upstream=address))
    with _run([found, "-p", str(place.folder), "-c", str(config)], port, place, "nginx", {}) as process:
        yield Started(_chat(port), {}, process)


@contextmanager
def litellm(place: Place) -> Iterator[Started]:
    """One worker, no database, a master key (it refuses to start without), prices from the package."""
    command, version = peers.litellm(place.cache)
    port = free_port()
    model = {"model": f"openai/{MODEL}", "api_base": place.upstream, "api_key": "sk-bench"}
    config = place.folder / "litellm.yaml"
    config.write_text(json.dumps({"model_list": [{"model_name": MODEL, "litellm_params": model}]}))
    options = ["--config", str(config), "--port", str(port), "--host", "127.0.0.1", "--num_workers", "1"]
    key = "sk-" + secrets.token_hex(32)
    env = {
        "LITELLM_MASTER_KEY": key,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "LITELLM_LOG": "ERROR",
        "LITELLM_MODE": "PRODUCTION",
        "DATABASE_URL": None,
    }
    quiet = ["--telemetry", "False"]
    with _run([str(command), *options, *quiet], port, place, "litellm", env) as process:
        yield Started(_chat(port), {"Authorization": f"Bearer {key}"}, process, version)


@contextmanager
def portkey(place: Place) -> Iterator[Started]:
    script, version = peers.portkey(place.cache)
    node = shutil.which("node")
    if node is None:
        raise peers.NotInstalled("node is not installed")
    port = free_port()
    headers = {
        "Authorization": "Bearer sk-bench",
        "x-portkey-provider": "openai",
        "x-portkey-custom-host": place.upstream,
    }
    command = [node, str(script), f"--port={port}", "--headless"]
    with _run(command, port, place, "portkey", {"NODE_ENV": "production"}) as process:
        yield Started(_chat(port), headers, process, version)


def ours(**settings: str) -> Server:
    @contextmanager
    def start(place: Place) -> Iterator[Started]:
        with gateway(place.folder, place.upstream, core=place.core, env=settings) as made:
            key = {"Authorization": f"Bearer {made.key}"}
            yield Started(f"{made.url}/v1/chat/completions", key, made.process)

    return start


def _run(
    command: list[str], port: int, place: Place, name: str, env: Mapping[str, str | None]
) -> AbstractContextManager[Running]:
    log = place.folder / f"{name}.log"
    return running(command, port=port, core=place.core, log=log, env=env)


def _chat(port: int) -> str:
    return f"http://127.0.0.1:{port}/v1/chat/completions"


@dataclass(frozen=True)
class Subject:
    """`fresh` gives every request a text that was never seen before."""

    name: str
    start: Server
    fresh: bool = False


SUBJECTS: Mapping[str, Subject] = {
    "nginx": Subject("nginx proxy_pass (the limit)", nginx),
    "relay": Subject("bare ASGI + aiohttp relay (the floor)", relay),
    "off": Subject("llm-gateway, inspection off", ours(LLM_GATEWAY_INSPECTION="off")),
    "on": Subject("llm-gateway, inspection on, text seen before", ours(LLM_GATEWAY_INSPECTION="on")),
    "fresh": Subject("llm-gateway, inspection on, new text each time", ours(), fresh=True),
    "portkey": Subject("Portkey", portkey),
    "litellm": Subject("LiteLLM", litellm),
}
