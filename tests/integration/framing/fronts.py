"""Proxies in front of the edge, on free ports, from whatever packages the machine has."""

import asyncio
import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

HAPROXY = """
global
    maxconn 200
defaults
    mode http
    timeout connect 2s
    timeout client 3s
    timeout server 3s
    option http-keep-alive
    http-reuse always
listen front
    bind 127.0.0.1:{port}
    server edge 127.0.0.1:{edge}
"""

NGINX = """
daemon off;
master_process off;
pid {directory}/nginx.pid;
error_log {directory}/error.log crit;
events {{ worker_connections 200; }}
http {{
    access_log off;
    client_body_temp_path {directory}/body;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    upstream edge {{ server 127.0.0.1:{edge}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 0;
        large_client_header_buffers 4 64k;
        location / {{
            proxy_pass http://edge;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_request_buffering off;
        }}
    }}
}}
"""

PACKAGES = {"haproxy": "haproxy", "nginx": "nginx-light"}


def wanted() -> list[str]:
    """All proxies in CI (CI=true); on a developer's machine those that are there."""
    return [name for name in PACKAGES if os.environ.get("CI") == "true" or shutil.which(name)]


def install_missing() -> None:
    """What is wanted and not there, from Debian's packages; only CI gets here with something to do."""
    packages = [PACKAGES[name] for name in wanted() if not shutil.which(name)]
    if not packages:
        return
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    for command in ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=300)


@asynccontextmanager
async def front(name: str, edge: int, directory: Path) -> AsyncIterator[int]:
    """The port of the front; `direct` is no front at all."""
    if name == "direct":
        yield edge
        return
    port = _free_port()
    text = (HAPROXY if name == "haproxy" else NGINX).format(port=port, edge=edge, directory=directory)
    config = directory / f"{name}.conf"
    config.write_text(text, encoding="ascii")
    command = ["haproxy", "-q", "-f", str(config)] if name == "haproxy" else ["nginx", "-c", str(config)]
    process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
    try:
        await _accepting(port)
        yield port
    finally:
        process.terminate()
        await process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _accepting(port: int) -> None:
    async with asyncio.timeout(10):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)
