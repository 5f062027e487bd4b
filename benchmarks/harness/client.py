"""One client on one connection, for measurements that look at single answers."""

import http.client
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from benchmarks.harness.gateway import Gateway
from benchmarks.harness.provider import MODEL


@dataclass(frozen=True)
class Timed:
    """Milliseconds: what the gateway says of itself, and what the client saw."""

    inspection: float
    overhead: float
    total: float


class Client:
    """Raises RuntimeError on any answer but 200: a failed request voids the measurement."""

    def __init__(self, gateway: Gateway) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", gateway.process.port, timeout=60)
        self._headers = {"Authorization": f"Bearer {gateway.key}", "Content-Type": "application/json"}

    def post(self, body: str) -> Timed:
        started = time.perf_counter()
        self._connection.request("POST", "/v1/chat/completions", body.encode(), self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        total = (time.perf_counter() - started) * 1000
        if answer.status != 200:
            raise RuntimeError(f"status {answer.status}: {content[:300]!r}")
        inspection = float(answer.headers["x-llm-gateway-inspection-ms"])
        return Timed(inspection, float(answer.headers["x-llm-gateway-overhead-ms"]), total)

    def say(self, messages: Sequence[Mapping[str, Any]]) -> Timed:
        return self.post(json.dumps({"model": MODEL, "messages": list(messages)}))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
