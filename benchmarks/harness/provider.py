"""A provider that answers every chat request at once with the same completion.

nginx serves it where it is installed (some 50,000 requests a second on one core); else a bare
asyncio protocol does. `python -m benchmarks.harness.provider PORT` runs the latter.
"""

import asyncio
import json
import re
import shutil
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.processes import free_port, running

MODEL = "bench-model"
ANSWER = json.dumps(
    {
        "id": "chatcmpl-bench",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": MODEL,
        "choices": [
            {
                "index": 0,
                "message": {
                    "role": "assistant",
                    "content": "The warehouse in Lyon ships on weekdays before noon.",
                    "refusal": None,
                },
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 96, "completion_tokens": 12, "total_tokens": 108},
    }
)

NGINX = """
daemon off; master_process off; worker_processes 1; pid {folder}/provider.pid; error_log stderr error;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; client_body_temp_path {folder};
  proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  client_body_buffer_size 1m;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /count {{ stub_status; }}
    location / {{ default_type application/json; return 200 '{answer}'; }}
  }}
}}
"""


@dataclass(frozen=True)
class InstantProvider:
    port: int
    kind: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def served(self) -> int:
        """Requests so far, so that a run can prove that none was answered from elsewhere."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/count") as answer:
            text = answer.read().decode()
        return int(re.findall(r"\d+", text)[3 if self.kind == "nginx" else 0])


@contextmanager
def instant_provider(folder: Path, core: int | None) -> Iterator[InstantProvider]:
    port = free_port()
    nginx = shutil.which("nginx")
    if nginx:
        config = folder / "provider.conf"
        config.write_text(NGINX.format(folder=folder, port=port, answer=ANSWER))
        command = [nginx, "-p", str(folder), "-c", str(config)]
    else:
        command = [sys.executable, "-m", "benchmarks.harness.provider", str(port)]
    with running(command, port=port, core=core, log=folder / "provider.log"):
        yield InstantProvider(port, "nginx" if nginx else "asyncio")


class Instant(asyncio.Protocol):
    """Counts requests by their heads and answers each when its body is complete."""

    count = 0
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        len(ANSWER),
        ANSWER.encode(),
    )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.pending = b""

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while (end := self.pending.find(b"\r\n\r\n")) >= 0:
            head = self.pending[:end].lower()
            length = re.search(rb"content-length: *(\d+)", head)
            total = end + 4 + (int(length[1]) if length else 0)
            if len(self.pending) < total:
                return
            self.pending = self.pending[total:]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        assert isinstance(self.transport, asyncio.WriteTransport)
        if head.startswith(b"get /count"):
            text = str(Instant.count).encode()
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text))
            return
        Instant.count += 1
        self.transport.write(self.answer)


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Instant, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
