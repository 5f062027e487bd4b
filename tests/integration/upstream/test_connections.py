"""Which connection is used, and to which address."""

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable
from ipaddress import ip_network

import pytest

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.ports.upstream import Timeouts, UpstreamRequest
from llm_gateway.upstream import HttpUpstream
from tests.integration.upstream.conftest import Behaviour, Provider

Provide = Callable[[Behaviour], Awaitable[Provider]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


async def fine(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(OK)


class FlippingNames:
    """A resolver that gives each of its answers once, and the last one for ever."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


async def ask(client: HttpUpstream, url: str, connect: float = 1.0) -> str:
    """`ok`, or the code of the failure."""
    try:
        answer = await client.send(UpstreamRequest("POST", url, {}, b"{}", Timeouts(connect=connect)))
        body = await answer.read(100)
        await answer.close()
    except UpstreamFailed as failed:
        return failed.code
    return body.decode()


async def test_a_name_that_turns_to_the_inside_gains_nothing(provide: Provide) -> None:
    """Vetted at every new connection: the second answer, now private, is not connected to."""
    provider = await provide(fine)
    names = FlippingNames(["127.0.0.2"], ["127.0.0.1"])
    client = HttpUpstream(allow=(ip_network("127.0.0.2/32"),), resolve=names)
    url = f"http://provider.example:{provider.port}/v1"

    first = await ask(client, url)
    second = await ask(client, url)
    await client.close()

    assert (first, second, names.asked) == ("upstream_unreachable", "upstream_egress_refused", 2)
    assert provider.connections == 0


async def test_the_address_that_was_vetted_is_the_one_connected_to(provide: Provide) -> None:
    """One look-up for one connection; the name is not resolved again behind our back."""
    provider = await provide(fine)
    names = FlippingNames(["127.0.0.1"], ["169.254.169.254"])
    client = HttpUpstream(allow=(ip_network("127.0.0.0/8"),), resolve=names)
    url = f"http://provider.example:{provider.port}/v1"

    assert [await ask(client, url) for _ in range(3)] == ["ok"] * 3
    await client.close()

    assert names.asked == 1
    assert b"Host: provider.example:%d\r\n" % provider.port in provider.requests[0][1]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/v1",
        "https://127.0.0.1:{port}/v1",
        "http://provider.example:{port}/v1",
        "https://provider.example:{port}/v1",
        "http://localhost:{port}/v1",
        "http://2130706433:{port}/v1",
        "http://127.1:{port}/v1",
        "http://user@127.0.0.1:{port}/v1",
        "ftp://127.0.0.1:{port}/v1",
        "http://127.0.0.1:{port}\\@api.openai.com/v1",
    ],
)
async def test_a_stored_url_is_vetted_when_used(provide: Provide, url: str) -> None:
    """However it got into the store, a base URL to the inside is refused at use."""
    provider = await provide(fine)
    client = HttpUpstream(resolve=FlippingNames(["127.0.0.1"]))

    assert await ask(client, url.format(port=provider.port)) == "upstream_egress_refused"
    await client.close()
    assert provider.connections == 0


async def test_proxies_of_the_environment_are_not_used(
    provide: Provide, upstream: HttpUpstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable that every container image may set does not redirect provider keys."""
    trap = await provide(fine)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
    provider = await provide(fine)

    assert await ask(upstream, f"http://127.0.0.1:{provider.port}/v1") == "ok"
    assert (provider.connections, trap.connections) == (1, 0)


async def test_nobody_listening_is_said_so(upstream: HttpUpstream) -> None:
    """A refused connection is an unreachable provider."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]

        assert await ask(upstream, f"http://127.0.0.1:{port}/v1") == "upstream_unreachable"


async def test_an_unknown_name_is_said_so() -> None:
    """A name without an address is an unreachable provider too."""

    async def failing(host: str, port: int) -> list[str]:
        raise OSError(errno.ENOENT, "no such name")

    client = HttpUpstream(resolve=failing)

    assert await ask(client, "https://nowhere.example/v1") == "upstream_unreachable"
    await client.close()


async def test_concurrent_exchanges_never_share_a_connection(
    provide: Provide, upstream: HttpUpstream
) -> None:
    """Ten at once use ten connections and get their own answers; afterwards these are reused."""

    async def echoing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        path = provider.requests[-1][1].split(b" ")[1]
        await asyncio.sleep(0.02)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(path), path))

    provider = await provide(echoing)
    for _ in range(3):
        urls = [f"http://127.0.0.1:{provider.port}/{at}" for at in range(10)]
        assert await asyncio.gather(*(ask(upstream, url) for url in urls)) == [f"/{at}" for at in range(10)]

    assert provider.connections == 10


def closing_kept(how: str) -> Behaviour:
    """Answers a connection's first request; ends it, unread, when the second comes."""
    served: set[int] = set()

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        if number == 1 and number in served:
            if how == "byte":
                writer.write(b"H")
                await writer.drain()
            if how == "reset":
                writer.transport.abort()
            writer.close()
            return
        served.add(number)
        writer.write(OK)

    return behave


@pytest.mark.parametrize("how", ["close", "reset"])
async def test_a_kept_connection_closed_under_us_is_tried_again_once(
    provide: Provide, upstream: HttpUpstream, how: str
) -> None:
    """The client does not notice that the provider had already hung up."""
    provider = await provide(closing_kept(how))
    url = f"http://127.0.0.1:{provider.port}/v1"

    assert [await ask(upstream, url) for _ in range(2)] == ["ok", "ok"]
    assert provider.connections == 2


async def test_after_one_byte_of_the_answer_nothing_is_sent_again(
    provide: Provide, upstream: HttpUpstream
) -> None:
    """The request was read, so it may have had its effect."""
    provider = await provide(closing_kept("byte"))
    url = f"http://127.0.0.1:{provider.port}/v1"

    assert [await ask(upstream, url) for _ in range(2)] == ["ok", "upstream_disconnected"]
    assert len(provider.requests) == 2


async def test_a_fresh_connection_that_ends_is_not_tried_again(
    provide: Provide, upstream: HttpUpstream
) -> None:
    """Only a kept connection can be stale."""

    async def hanging_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        writer.close()

    provider = await provide(hanging_up)

    assert await ask(upstream, f"http://127.0.0.1:{provider.port}/v1") == "upstream_disconnected"
    assert len(provider.requests) == 1


async def test_cookies_of_a_provider_are_forgotten(provide: Provide, upstream: HttpUpstream) -> None:
    """What one exchange is given, no other sends."""

    async def baking(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        writer.write(OK.replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b; Path=/\r\n\r\n"))

    provider = await provide(baking)
    for _ in range(2):
        await ask(upstream, f"http://127.0.0.1:{provider.port}/v1")

    assert not [sent for _, sent in provider.requests if b"ookie" in sent]
