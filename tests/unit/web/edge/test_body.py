"""read_body: limits before and while reading."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest

from llm_gateway.domain.errors import BadRequest, TooLarge, UnsupportedMedia
from llm_gateway.settings import load
from llm_gateway.web.edge import ClientGone, read_body

Message = MutableMapping[str, Any]
LIMITED = load(max_body_bytes=1024)


def receiving(*messages: Message) -> Callable[[], Awaitable[Message]]:
    left = list(messages)

    async def receive() -> Message:
        return left.pop(0)

    return receive


def part(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_a_body_in_parts_is_put_together() -> None:
    """The parts come back as one, in order."""
    receive = receiving(part(b"ab", more=True), part(b"", more=True), part(b"c"))

    assert await read_body(receive, [], LIMITED) == b"abc"


async def test_an_announced_size_is_refused_unread() -> None:
    """Content-Length alone is enough to refuse: nothing may be read."""
    with pytest.raises(TooLarge):
        await read_body(receiving(), [(b"content-length", b"1025")], LIMITED)


async def test_an_unannounced_size_is_refused_while_reading() -> None:
    """Reading stops with the part that passes the limit."""
    receive = receiving(part(b"x" * 1000, more=True), part(b"x" * 25, more=True))

    with pytest.raises(TooLarge):
        await read_body(receive, [], LIMITED)


async def test_the_limit_itself_is_allowed() -> None:
    """max_body_bytes is the largest body, not the first refused."""
    body = b"x" * 1024

    assert await read_body(receiving(part(body)), [(b"content-length", b"1024")], LIMITED) == body


@pytest.mark.parametrize("coding", [b"gzip", b"GZIP", b"identity, gzip", b"br"])
async def test_a_compressed_body_is_refused(coding: bytes) -> None:
    """No Content-Encoding is undone, so none is accepted."""
    with pytest.raises(UnsupportedMedia):
        await read_body(receiving(), [(b"content-encoding", coding)], LIMITED)


async def test_identity_is_no_compression() -> None:
    """Naming the encoding that changes nothing is fine."""
    assert await read_body(receiving(part(b"a")), [(b"content-encoding", b"Identity")], LIMITED) == b"a"


async def test_a_length_that_is_none_is_refused() -> None:
    """Another ASGI server may let it through; we do not."""
    with pytest.raises(BadRequest):
        await read_body(receiving(), [(b"content-length", b"+5")], LIMITED)


async def test_a_client_that_leaves_is_told_apart_from_an_empty_body() -> None:
    """Half a body never counts as a body."""
    receive = receiving(part(b"half", more=True), {"type": "http.disconnect"})

    with pytest.raises(ClientGone):
        await read_body(receive, [], LIMITED)
