"""The proxied surfaces as an ASGI application. Nothing is decided here."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any

from llm_gateway.domain.errors import BadRequest, GatewayError, NotFound
from llm_gateway.pipeline.gateway import Gateway
from llm_gateway.pipeline.incoming import Incoming, Reply, Stream
from llm_gateway.settings import Settings
from llm_gateway.web.edge import ClientGone, connected, read_body
from llm_gateway.wire.formats import FORMATS
from llm_gateway.wire.surfaces import Matched, match, methods

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
        query = scope["query_string"].decode("latin-1")
        matched = match(
            scope["method"], scope["path"], query, {name.decode() for name, _ in scope["headers"]}
        )
        if matched is None:
            await _refuse(send, _unknown(scope))
            return
        try:
            await self._exchange(matched, scope, receive, send)
        except ClientGone:
            return

    async def _exchange(self, matched: Matched, scope: Scope, receive: Receive, send: Send) -> None:
        headers, gateway = scope["headers"], self._gateway
        try:
            _refuse_key_in_query(scope["query_string"])
            body = await read_body(receive, headers, self._settings)
        except GatewayError as error:
            await _send_whole(send, await gateway.refused(Incoming(matched, headers), error))
            return
        async with connected(scope, receive):
            reply = await gateway.exchange(Incoming(matched, headers, body))
            if reply.stream is None:
                await _send_whole(send, reply)
            else:
                await _send_stream(send, reply, reply.stream)


def _refuse_key_in_query(query: bytes) -> None:
    """Addresses end up in logs and histories, so no credential is taken from one."""
    if b"key=" in query and any(part.startswith(b"key=") for part in query.split(b"&")):
        raise BadRequest(
            "Send the gateway key in a header (x-goog-api-key or Authorization), not in the address.",
            code="key_in_address",
        )


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


async def _refuse(send: Send, error: GatewayError) -> None:
    """A path that belongs to no surface has no dialect either; most clients understand OpenAI's."""
    answer = FORMATS["openai_chat"].error(error, "")
    headers = {"content-type": "application/json", **answer.headers}
    await _send_whole(send, Reply(answer.status, headers, answer.body))


def _unknown(scope: Scope) -> GatewayError:
    served = methods(scope["path"])
    if not served:
        return NotFound("This gateway does not serve that path.", code="unknown_path")
    error = NotFound(f"Use {' or '.join(served)} here.", code="method_not_allowed")
    error.status = 405
    return error
