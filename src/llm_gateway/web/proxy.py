"""The proxied surfaces as an ASGI application. Nothing is decided here."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any

from llm_gateway.domain.errors import GatewayError, NotFound
from llm_gateway.pipeline.gateway import Gateway
from llm_gateway.pipeline.incoming import Incoming, Reply, Stream
from llm_gateway.settings import Settings
from llm_gateway.web.edge import ClientGone, connected, read_body
from llm_gateway.web.surfaces import SURFACES, Surface
from llm_gateway.wire.format import WireFormat
from llm_gateway.wire.openai_chat import OpenAIChat

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PREFIXES = ("/v1/", "/v1beta/")


class Proxy:
    """Takes proxied requests to the gateway."""

    def __init__(self, gateway: Gateway, settings: Settings) -> None:
        self._gateway = gateway
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        surface = SURFACES.get((scope["method"], scope["path"]))
        if surface is None:
            await _refuse(send, OpenAIChat(), _unknown(scope))
            return
        try:
            await self._exchange(surface, scope, receive, send)
        except ClientGone:
            return

    async def _exchange(self, surface: Surface, scope: Scope, receive: Receive, send: Send) -> None:
        headers = scope["headers"]
        try:
            body = await read_body(receive, headers, self._settings)
        except GatewayError as error:
            incoming = Incoming(surface.format, surface.operation, headers, b"")
            await _send_whole(send, await self._gateway.refused(incoming, error))
            return
        async with connected(scope, receive):
            incoming = Incoming(surface.format, surface.operation, headers, body)
            gateway = self._gateway
            reply = await (gateway.models(incoming) if surface.lists_models else gateway.exchange(incoming))
            if reply.stream is None:
                await _send_whole(send, reply)
            else:
                await _send_stream(send, reply, reply.stream)


async def _send_whole(send: Send, reply: Reply) -> None:
    headers = [*_encoded(reply.headers), (b"content-length", str(len(reply.body)).encode())]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body})


async def _send_stream(send: Send, reply: Reply, stream: Stream) -> None:
    headers = [*_encoded(reply.headers), (b"cache-control", b"no-cache")]
    try:
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        async for piece in stream:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        await stream.aclose()


def _encoded(headers: Mapping[str, str]) -> Iterable[tuple[bytes, bytes]]:
    return ((name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers.items())


async def _refuse(send: Send, wire: WireFormat, error: GatewayError) -> None:
    answer = wire.error(error, "")
    headers = {"content-type": "application/json", **answer.headers}
    await _send_whole(send, Reply(answer.status, headers, answer.body))


def _unknown(scope: Scope) -> GatewayError:
    methods = sorted(method for method, path in SURFACES if path == scope["path"])
    if not methods:
        return NotFound("This gateway does not serve that path.", code="unknown_path")
    error = NotFound(f"Use {' or '.join(methods)} here.", code="method_not_allowed")
    error.status = 405
    return error
