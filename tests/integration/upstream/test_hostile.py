"""Providers that answer what is not an answer: a typed failure, bounded memory, no second use."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import replace

import pytest

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.ports.upstream import Timeouts
from llm_gateway.upstream import HttpUpstream
from tests.integration.upstream.conftest import FAST, Behaviour, Provider

Provide = Callable[[Behaviour], Awaitable[Provider]]
MIB = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


provider_pauses = ContextVar("whether a provider sends head and body apart", default=False)


def saying(first: bytes = b"", again: bytes = b"", times: int = 0, then: str = "keep") -> Behaviour:
    """Writes to the first connection, `again` so many times, then keeps, closes or resets it;
    answers the following connections properly. What follows a head may come with it or after it."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        if number > 1:
            writer.write(OK + b"Content-Length: 4\r\n\r\nfine")
            return
        head, end, body = first.partition(b"\r\n\r\n")
        writer.write(head + end)
        if provider_pauses.get():
            await writer.drain()
            await asyncio.sleep(0.02)
        writer.write(body)
        for _ in range(times):
            writer.write(again)
            await writer.drain()
        if then == "close":
            writer.close()
        elif then == "reset":
            await asyncio.sleep(0.05)
            writer.transport.abort()

    return behave


async def outcome(
    provider: Provider, upstream: HttpUpstream, *, streamed: bool, timeouts: Timeouts = FAST
) -> str:
    """The code of the failure, or `status size` of the answer."""
    try:
        answer = await upstream.send(provider.request(timeouts=timeouts))
        try:
            if streamed:
                size = sum([len(chunk) async for chunk in answer.chunks()])
            else:
                size = len(await answer.read(4 * MIB))
        finally:
            await answer.close()
    except UpstreamFailed as failed:
        return failed.code if failed.status == (504 if "timeout" in failed.code else 502) else "wrong status"
    return f"{answer.status} {size}"


PROTOCOL, TRUNCATED, GONE = "upstream_protocol", "upstream_truncated", "upstream_disconnected"

HEADS: dict[str, tuple[Behaviour, str]] = {
    "nothing": (saying(then="close"), GONE),
    "reset at once": (saying(then="reset"), GONE),
    "half a status line": (saying(b"HTTP/1.1 20", then="close"), GONE),
    "half a head": (saying(OK, then="close"), GONE),
    "HTML without a head": (saying(b"<html>It works</html>"), PROTOCOL),
    "TLS alert": (saying(b"\x15\x03\x01\x00\x02\x02\x0a"), PROTOCOL),
    "SSH": (saying(b"SSH-2.0-OpenSSH_9.2\r\n"), PROTOCOL),
    "HTTP/2 frame": (saying(b"\0\0\x06\x04\0\0\0\0\0\0\x05\0\0\x40\0"), PROTOCOL),
    "status of letters": (saying(b"HTTP/1.1 abc OK\r\n\r\n"), PROTOCOL),
    "status of four digits": (saying(b"HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n"), PROTOCOL),
    "status 99": (saying(b"HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n"), PROTOCOL),
    "switching protocols": (
        saying(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"),
        PROTOCOL,
    ),
    "status 600": (saying(b"HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n"), PROTOCOL),
    "redirect to metadata": (
        saying(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"),
        "upstream_redirect",
    ),
    "redirect that keeps the method": (
        saying(b"HTTP/1.1 307 X\r\nLocation: https://evil.example/\r\nContent-Length: 2\r\n\r\nok"),
        "upstream_redirect",
    ),
    "not modified": (saying(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "upstream_redirect"),
    "endless status line": (saying(b"HTTP/1.1 200 " + b"a" * 65536, times=100), PROTOCOL),
    "a header line of 100 MB": (saying(OK + b"X: ", b"a" * 65536, times=1600), PROTOCOL),
    "endless headers": (saying(OK, b"X: y\r\n" * 10000, times=100), PROTOCOL),
    "endless large headers": (saying(OK, (b"X: " + b"y" * 4000 + b"\r\n") * 100, times=100), PROTOCOL),
    "NUL in a header": (saying(OK + b"X: a\0b\r\nContent-Length: 0\r\n\r\n"), PROTOCOL),
    "two lengths": (saying(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc"), PROTOCOL),
    "length and chunks": (
        saying(OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        PROTOCOL,
    ),
    "negative length": (saying(OK + b"Content-Length: -1\r\n\r\n"), PROTOCOL),
    "hexadecimal length": (saying(OK + b"Content-Length: 0x10\r\n\r\n"), PROTOCOL),
}

BODIES: dict[str, tuple[Behaviour, str]] = {
    "shorter than its length": (saying(OK + b"Content-Length: 10\r\n\r\nabc", then="close"), TRUNCATED),
    "reset in a sized body": (saying(OK + b"Content-Length: 10\r\n\r\nabc", then="reset"), TRUNCATED),
    "half a chunk": (saying(CHUNKED + b"5\r\nab", then="close"), TRUNCATED),
    "no last chunk": (saying(CHUNKED + b"2\r\nab\r\n", then="close"), TRUNCATED),
    "reset in chunks": (saying(CHUNKED + b"2\r\nab\r\n", then="reset"), TRUNCATED),
    "chunk size of letters": (saying(CHUNKED + b"zz\r\nab\r\n"), PROTOCOL),
    "negative chunk size": (saying(CHUNKED + b"-2\r\nab\r\n"), PROTOCOL),
    "overflowing chunk size": (saying(CHUNKED + b"fffffffffffffffff\r\nab\r\n"), PROTOCOL),
    "chunk longer than its size": (saying(CHUNKED + b"2\r\nabc\r\n"), PROTOCOL),
    "endless chunk size": (saying(CHUNKED, b"0" * 65536, times=800), "upstream_too_large"),
    "endless chunk extension": (saying(CHUNKED + b"1;", b"a" * 65536, times=800), "upstream_too_large"),
    "endless trailers": (saying(CHUNKED + b"0\r\n", b"X: y\r\n" * 10000, times=100), PROTOCOL),
    "endless sized body": (
        saying(OK + b"Content-Length: 100000000000\r\n\r\n", b"a" * 65536, times=200),
        "upstream_too_large",
    ),
    "endless chunks": (
        saying(CHUNKED, b"10000\r\n" + b"a" * 65536 + b"\r\n", times=200),
        "upstream_too_large",
    ),
    "a line of 100 MB": (saying(OK + b"\r\ndata: ", b"a" * 65536, times=1600), "upstream_too_large"),
    "gzip bomb": (
        saying(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"\0" * 100 * MIB), then="close"),
        "upstream_too_large",
    ),
    "deflate bomb": (
        saying(OK + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(b"a" * 3 * MIB), then="close"),
        "upstream_encoding",
    ),
    "unknown compression": (
        saying(OK + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\nab"),
        "upstream_encoding",
    ),
    "two compressions": (
        saying(OK + b"Content-Encoding: gzip, gzip\r\nContent-Length: 2\r\n\r\nab"),
        "upstream_encoding",
    ),
    "gzip that is not": (
        saying(OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nab", then="close"),
        "upstream_encoding",
    ),
    "half a gzip": (
        saying(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"abc" * 1000)[:20], then="close"),
        "upstream_encoding",
    ),
}


@pytest.mark.parametrize(("behaviour", "code"), HEADS.values(), ids=HEADS.keys())
async def test_bad_head(provide: Provide, upstream: HttpUpstream, behaviour: Behaviour, code: str) -> None:
    """No head, no answer: a typed failure, and the next request gets a connection of its own."""
    provider = await provide(behaviour)

    assert await outcome(provider, upstream, streamed=False) == code
    assert await outcome(provider, upstream, streamed=False) == "200 4"
    assert provider.connections == 2


@pytest.mark.parametrize("apart", [False, True], ids=["together", "apart"])
@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize(("behaviour", "code"), BODIES.values(), ids=BODIES.keys())
async def test_bad_body(  # noqa: PLR0917 - two switches and a case
    provide: Provide, upstream: HttpUpstream, behaviour: Behaviour, code: str, streamed: bool, apart: bool
) -> None:
    """A body that breaks, lies or does not end fails in the same way read whole or streamed, come
    with its head or after it."""
    provider_pauses.set(apart)
    provider = await provide(behaviour)

    assert await outcome(provider, upstream, streamed=streamed) == code
    assert await outcome(provider, upstream, streamed=streamed) == "200 4"
    assert provider.connections == 2


@pytest.mark.parametrize(
    "name", ["a header line of 100 MB", "endless headers", "a line of 100 MB", "gzip bomb"]
)
async def test_memory_stays_bounded(provide: Provide, upstream: HttpUpstream, name: str) -> None:
    """What a provider pours out is not piled up: 100 MB leave less than 16 MB at any moment."""
    provider = await provide((HEADS | BODIES)[name][0])
    tracemalloc.start()
    try:
        await outcome(provider, upstream, streamed=True)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 16 * MIB


@pytest.mark.parametrize(
    "body",
    [b"<html><h1>502 Bad Gateway</h1>", b'{"choices": [', b"", b"\xff\xfe\0", b'{"error": {"message": "x"}}'],
    ids=["HTML", "half a JSON", "empty", "not UTF-8", "an error as success"],
)
async def test_what_only_looks_wrong_is_handed_on(
    provide: Provide, upstream: HttpUpstream, body: bytes
) -> None:
    """Proper HTTP with an odd body is for the wire format to judge, byte for byte."""
    provider = await provide(saying(OK + b"Content-Length: %d\r\n\r\n" % len(body) + body))
    answer = await upstream.send(provider.request())

    assert await answer.read(1000) == body
    await answer.close()


@pytest.mark.parametrize("status", [400, 401, 404, 408, 429, 500, 503, 529])
async def test_errors_of_the_provider_are_answers(
    provide: Provide, upstream: HttpUpstream, status: int
) -> None:
    """Status, headers and body of an error come through; the connection is kept."""
    text = b"HTTP/1.1 %d X\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}" % status
    provider = await provide(saying(text))
    answer = await upstream.send(provider.request())

    assert (answer.status, answer.headers["retry-after"], await answer.read(10)) == (status, "7", b"{}")
    await answer.close()


async def test_an_honest_compression_is_undone(provide: Provide, upstream: HttpUpstream) -> None:
    """A provider that compresses although asked not to is understood; the headers no longer say so."""
    packed = gzip.compress(b'{"a": "b"}' * 500)
    head = OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    provider = await provide(saying(head + packed))
    answer = await upstream.send(provider.request())

    assert await answer.read(MIB) == b'{"a": "b"}' * 500
    assert answer.headers == {"content-type": "application/json"}
    await answer.close()


async def test_interim_answers_are_skipped_but_not_for_ever(provide: Provide, upstream: HttpUpstream) -> None:
    """100 and 103 come before the answer; a provider that sends only these runs out of time."""
    few = await provide(saying(b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nok"))
    assert await outcome(few, upstream, streamed=False) == "200 2"

    endless = await provide(saying(again=b"HTTP/1.1 100 Continue\r\n\r\n" * 100, times=100_000))
    code = await outcome(endless, upstream, streamed=False, timeouts=replace(FAST, first_byte=0.3))
    assert code == "upstream_first_byte_timeout"


async def test_bytes_that_nobody_asked_for_are_not_the_next_answer(
    provide: Provide, upstream: HttpUpstream
) -> None:
    """A second answer pushed onto a kept connection is thrown away with it."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        writer.write(OK + b"Content-Length: 4\r\n\r\ngood")
        if number == 1:
            await asyncio.sleep(0.05)
            writer.write(OK + b"Content-Length: 4\r\n\r\nevil")

    provider = await provide(behave)
    bodies = []
    for _ in range(2):
        answer = await upstream.send(provider.request())
        bodies.append(await answer.read(10))
        await answer.close()
        await asyncio.sleep(0.1)

    assert bodies == [b"good", b"good"]
    assert provider.connections == 2
