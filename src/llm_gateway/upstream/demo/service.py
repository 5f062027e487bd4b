"""The demo provider as a function: method, path and body in, status and body out."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from llm_gateway.upstream.demo import reply, request, shapes


@dataclass(frozen=True, slots=True)
class Response:
    """`events` is empty unless the answer is a stream; then `body` is empty."""

    status: int
    body: bytes = b""
    events: Iterable[bytes] = ()

    @property
    def streamed(self) -> bool:
        return self.events != ()


def respond(method: str, path: str, body: bytes, now: int) -> Response:
    """`path` is what follows the base URL; `now` is Unix seconds. The same bytes get the same text."""
    try:
        return _respond(method, path, body, now)
    except request.Refused as refused:
        return Response(refused.status, shapes.dump(shapes.error(refused)))


def _respond(method: str, path: str, body: bytes, now: int) -> Response:
    if (method, path) == ("GET", "/models"):
        return Response(200, shapes.dump(shapes.models()))
    if (method, path) == ("GET", f"/models/{request.MODEL}"):
        return Response(200, shapes.dump(shapes.model()))
    if (method, path) != ("POST", "/chat/completions"):
        raise request.Refused("The simulated provider has no such endpoint.", code="unknown_url", status=404)
    return _chat(body, now)


def _chat(body: bytes, now: int) -> Response:
    asked = request.parse(body)
    replies = reply.replies(asked)
    stamp = shapes.Stamp(hashlib.sha256(body).hexdigest()[:24], now)
    if asked.stream:
        return Response(200, events=shapes.events(asked, replies, stamp))
    return Response(200, shapes.dump(shapes.completion(asked, replies, stamp)))
