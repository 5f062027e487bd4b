"""What goes out on the wire, and what becomes of the connection."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.upstream import HttpUpstream
from tests.integration.upstream.conftest import Behaviour, Provider

Provide = Callable[[Behaviour], Awaitable[Provider]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


async def say_ok(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _number: int) -> None:
    writer.write(OK)


async def test_a_head_is_framed_by_us_alone(provide: Provide, upstream: HttpUpstream) -> None:
    """Host, length and encoding come once each, whatever the caller hands over."""
    provider = await provide(say_ok)
    headers = {
        "Host": "evil",
        "content-length": "9",
        "Accept-Encoding": "gzip",
        "transfer-encoding": "chunked",
    }
    request = provider.request("/v1/chat?a=%20b")

    answer = await upstream.send(replace(request, headers={**request.headers, **headers}))
    await answer.read(10)
    await answer.close()

    head, _, body = provider.requests[0][1].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /v1/chat?a=%20b HTTP/1.1"
    assert sorted(lines[1:]) == sorted(
        [
            f"Host: 127.0.0.1:{provider.port}".encode(),
            b"authorization: Bearer provider-key",
            b"content-type: application/json",
            b"Accept-Encoding: identity",
            b"Content-Length: %d" % len(body),
        ]
    )


@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "a\x7f"])
@pytest.mark.parametrize("place", ["name", "value", "method"])
async def test_a_control_character_is_never_sent(
    provide: Provide, upstream: HttpUpstream, text: str, place: str
) -> None:
    """Wherever it comes from, such as a provider key that was pasted with its line end."""
    provider = await provide(say_ok)
    request = provider.request()
    if place == "method":
        request = replace(request, method=text)
    else:
        request = replace(request, headers={text: "v"} if place == "name" else {"authorization": text})

    with pytest.raises(UpstreamFailed):
        await upstream.send(request)

    assert provider.requests == []


async def test_a_large_body_arrives_whole(provide: Provide, upstream: HttpUpstream) -> None:
    """Beyond every buffer on the way."""
    provider = await provide(say_ok)
    body = bytes(range(256)) * 16_384

    answer = await upstream.send(replace(provider.request(), body=body))

    assert await answer.read(10) == b"{}"
    assert provider.requests[0][1].endswith(body)
    await answer.close()


async def test_informational_heads_are_passed_over(provide: Provide, upstream: HttpUpstream) -> None:
    """100 and 103 are not the answer."""

    async def behave(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter, _number: int) -> None:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK)

    provider = await provide(behave)

    answer = await upstream.send(provider.request())

    assert (answer.status, await answer.read(10)) == (200, b"{}")
    await answer.close()


async def test_an_answer_before_the_request_was_read_is_heard(upstream: HttpUpstream) -> None:
    """And the connection, with the rest of the request still in it, is not used again."""
    over = asyncio.Event()
    ended: list[asyncio.Event] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended.append(asyncio.Event())
        end = ended[-1]
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}")
        await over.wait()
        writer.transport.abort()
        end.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1024)
    provider = Provider(say_ok, port=server.sockets[0].getsockname()[1])
    large = replace(provider.request(), body=b"x" * (16 * 1024 * 1024))
    for _ in range(2):
        answer = await upstream.send(large)
        assert (answer.status, await answer.read(10)) == (413, b"{}")
        await answer.close()
    over.set()
    await asyncio.gather(*(end.wait() for end in ended))
    await asyncio.sleep(0)
    server.close()

    assert len(ended) == 2
