"""What a well-behaved provider gets and gives."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from llm_gateway.upstream import HttpUpstream
from tests.integration.upstream.conftest import Behaviour, Provider

Provide = Callable[[Behaviour], Awaitable[Provider]]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nX-A: 1\r\nx-a: 2\r\n\r\n{}"


async def fine(_: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(OK)


async def test_an_answer_comes_whole_and_its_connection_is_kept(
    provide: Provide, upstream: HttpUpstream
) -> None:
    """Two exchanges after each other use one connection."""
    provider = await provide(fine)

    for _ in range(2):
        answer = await upstream.send(provider.request())
        assert (answer.status, await answer.read(100)) == (200, b"{}")
        await answer.close()

    assert provider.connections == 1


async def test_the_request_arrives_as_given(provide: Provide, upstream: HttpUpstream) -> None:
    """Nothing is added but Host, Content-Length and the wish for an uncompressed answer."""
    provider = await provide(fine)

    answer = await upstream.send(provider.request("/v1/models/a%2Fb:go?x=%20"))
    await answer.close()

    head, _, body = provider.requests[0][1].partition(b"\r\n\r\n")
    line, *fields = head.split(b"\r\n")
    assert line == b"POST /v1/models/a%2Fb:go?x=%20 HTTP/1.1"
    assert body == b'{"model":"m"}'
    assert sorted(field.lower() for field in fields) == [
        b"accept-encoding: identity",
        b"authorization: bearer provider-key",
        b"content-length: 13",
        b"content-type: application/json",
        b"host: 127.0.0.1:%d" % provider.port,
    ]


async def test_repeated_headers_are_joined(provide: Provide, upstream: HttpUpstream) -> None:
    """Names are lower-case and a repeated one keeps all its values."""
    provider = await provide(fine)

    answer = await upstream.send(provider.request())
    await answer.close()

    assert answer.headers == {"content-type": "application/json", "content-length": "2", "x-a": "1, 2"}


async def test_a_large_request_arrives_whole(provide: Provide, upstream: HttpUpstream) -> None:
    """Images make bodies of many megabytes; they go out as they are, without a warning."""
    provider = await provide(fine)
    body = bytes(range(256)) * 32 * 1024
    answer = await upstream.send(replace(provider.request(), body=body))
    await answer.close()

    assert provider.requests[0][1].partition(b"\r\n\r\n")[2] == body


async def test_a_get_has_no_body(provide: Provide, upstream: HttpUpstream) -> None:
    """Lists of models are asked for without a length or a type."""
    provider = await provide(fine)
    request = replace(provider.request("/v1/models"), method="GET", body=b"", headers={})
    answer = await upstream.send(request)
    await answer.close()

    head = provider.requests[0][1]
    assert head.startswith(b"GET /v1/models HTTP/1.1\r\n")
    assert b"ontent-" not in head
