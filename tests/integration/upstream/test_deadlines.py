"""Time limits, and giving up early."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from ipaddress import ip_network

import pytest

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.ports.upstream import Timeouts, UpstreamRequest
from llm_gateway.upstream import HttpUpstream
from tests.integration.upstream.conftest import FAST, Behaviour, Provider

Provide = Callable[[Behaviour], Awaitable[Provider]]
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def dribbling(*first: bytes, drop: bytes = b"", every: float = 0.05) -> Behaviour:
    """Writes `first`, then `drop` again and again, or nothing more."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        for piece in first:
            writer.write(piece)
        while not writer.is_closing() and not reader.at_eof():
            if drop:
                writer.write(drop)
                await writer.drain()
            try:
                async with asyncio.timeout(every):
                    await reader.read(1)
            except TimeoutError:
                pass

    return behave


async def whole(provider: Provider, upstream: HttpUpstream, timeouts: Timeouts) -> bytes:
    answer = await upstream.send(provider.request(timeouts=timeouts))
    try:
        return await answer.read(1000)
    finally:
        await answer.close()


async def failure(provider: Provider, upstream: HttpUpstream, **limits: float) -> tuple[str, float]:
    """Code and seconds."""
    began = time.monotonic()
    with pytest.raises(UpstreamFailed) as failed:
        await whole(provider, upstream, replace(FAST, **limits))
    assert failed.value.status == 504
    return failed.value.code, time.monotonic() - began


@pytest.mark.parametrize(
    ("behaviour", "timeouts", "code"),
    [
        (dribbling(), {"first_byte": 0.5}, "upstream_first_byte_timeout"),
        (dribbling(b"HTTP/1.1 200 OK\r\n"), {"first_byte": 0.5}, "upstream_first_byte_timeout"),
        (dribbling(b"HTTP/1.1 200 OK\r\nX: ", drop=b"a"), {"first_byte": 0.5}, "upstream_first_byte_timeout"),
        (dribbling(CHUNKED), {"first_byte": 0.5, "idle": 0.1}, "upstream_first_byte_timeout"),
        (dribbling(CHUNKED, b"1\r\na\r\n"), {"idle": 0.5}, "upstream_idle_timeout"),
        (dribbling(CHUNKED, drop=b"1\r\na\r\n"), {"idle": 0.3, "total": 0.5}, "upstream_total_timeout"),
        (dribbling(), {"first_byte": 5.0, "total": 0.5}, "upstream_total_timeout"),
    ],
    ids=[
        "silence",
        "half a head",
        "dribbled head",
        "head without a body",
        "silence in the body",
        "endless dribble",
        "total before first byte",
    ],
)
async def test_limits_fire_in_time(
    provide: Provide, upstream: HttpUpstream, behaviour: Behaviour, timeouts: dict[str, float], code: str
) -> None:
    """Each limit has its code, fires in time even on a busy machine, and the provider is cut off."""
    provider = await provide(behaviour)

    failed, seconds = await failure(provider, upstream, **timeouts)

    assert failed == code
    assert 0.49 <= seconds < 1.5
    assert await asyncio.wait_for(provider.closed.get(), 1) == 1


async def test_a_slow_reader_is_not_the_providers_silence(provide: Provide, upstream: HttpUpstream) -> None:
    """Idle time counts only while somebody waits for the provider."""
    provider = await provide(dribbling(CHUNKED, b"1\r\na\r\n", drop=b"1\r\nb\r\n", every=0.02))
    answer = await upstream.send(provider.request(timeouts=replace(FAST, idle=0.2)))
    chunks = answer.chunks()
    await anext(chunks)
    await asyncio.sleep(0.5)

    assert await anext(chunks)
    await answer.close()


async def test_connecting_has_its_own_limit(upstream: HttpUpstream) -> None:
    """A resolver that hangs, or a host that drops packets, costs the connect limit only."""

    async def hanging(host: str, port: int) -> list[str]:
        await asyncio.sleep(10)
        return []

    client = HttpUpstream(resolve=hanging)
    began = time.monotonic()
    with pytest.raises(UpstreamFailed) as failed:
        await client.send(UpstreamRequest("POST", "https://a.example/", {}, b"", Timeouts(connect=0.3)))
    await client.close()

    assert (failed.value.code, failed.value.status) == ("upstream_connect_timeout", 504)
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("moment", ["before the head", "inside the body"])
async def test_giving_up_is_seen_by_the_provider_at_once(
    provide: Provide, upstream: HttpUpstream, moment: str
) -> None:
    """Cancelling or closing before the end drops the connection, so that the model stops."""
    provider = await provide(dribbling(*([] if moment == "before the head" else [CHUNKED, b"1\r\na\r\n"])))
    sending = asyncio.create_task(upstream.send(provider.request()))
    if moment == "before the head":
        await provider.asked.wait()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    else:
        answer = await sending
        await anext(answer.chunks())
        await answer.close()

    assert await asyncio.wait_for(provider.closed.get(), 1) == 1


async def test_many_exchanges_share_one_timer(provide: Provide) -> None:
    """Fifty stalled exchanges with scattered limits all end, each at its own."""
    provider = await provide(dribbling())
    client = HttpUpstream(allow=(ip_network("127.0.0.0/8"),))
    limits = [0.2 + 0.01 * (at % 25) for at in range(50)]
    ends = await asyncio.gather(*(failure(provider, client, first_byte=limit) for limit in limits))
    await client.close()

    assert {code for code, _ in ends} == {"upstream_first_byte_timeout"}
    late = [seconds - limit for (_, seconds), limit in zip(ends, limits, strict=True)]
    assert min(late) > -0.02
    assert max(late) < 1.0
