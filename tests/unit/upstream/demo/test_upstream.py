"""The demo provider behind the port."""

import json

import pytest

from llm_gateway.domain.errors import UpstreamFailed
from llm_gateway.ports.upstream import Timeouts, UpstreamRequest
from llm_gateway.upstream.demo import BASE_URL, MODEL, DemoUpstream


def asking(*, stream: bool = False, url: str = f"{BASE_URL}/chat/completions") -> UpstreamRequest:
    body = {"model": MODEL, "messages": [{"role": "user", "content": "Hello"}], "stream": stream}
    return UpstreamRequest("POST", url, {}, json.dumps(body).encode(), Timeouts())


async def test_a_whole_answer_is_read_at_once() -> None:
    """And its headers say that it is simulated."""
    answer = await DemoUpstream().send(asking())
    body = json.loads(await answer.read(10_000))
    await answer.close()

    assert answer.status == 200
    assert (answer.headers["content-type"], answer.headers["x-simulated"]) == ("application/json", "true")
    assert body["model"] == MODEL


async def test_a_stream_comes_in_many_pieces() -> None:
    """One event in each."""
    answer = await DemoUpstream(word_delay=0).send(asking(stream=True))
    pieces = [piece async for piece in answer.chunks()]

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert len(pieces) > 5
    assert pieces[-1] == b"data: [DONE]\n\n"


async def test_a_closed_stream_says_no_more() -> None:
    """As when the client went away."""
    answer = await DemoUpstream(word_delay=0).send(asking(stream=True))
    pieces = []
    async for piece in answer.chunks():
        pieces.append(piece)
        await answer.close()

    assert len(pieces) == 1


async def test_more_than_the_limit_is_refused() -> None:
    """The limit is the reader's."""
    answer = await DemoUpstream().send(asking())

    with pytest.raises(UpstreamFailed):
        await answer.read(10)


@pytest.mark.parametrize("url", ["demo://other/v1/models", "demo://simulated/v1x/models"])
async def test_other_addresses_are_not_reached(url: str) -> None:
    """There is one base URL."""
    with pytest.raises(UpstreamFailed):
        await DemoUpstream().send(asking(url=url))
