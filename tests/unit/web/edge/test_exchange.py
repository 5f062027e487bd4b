"""Requests and answers as an ASGI application sees them."""

import asyncio
import logging
from typing import Any

import pytest

from llm_gateway.web.edge import ClientGone, connected
from llm_gateway.web.edge.exchange import Receive, Scope, Send
from tests.unit.web.edge.conftest import GET, Serve

CLOSE = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


def answering(*messages: dict[str, Any]) -> Any:
    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    return application


def start(status: int = 200, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(data: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": more}


async def said(serving: Serve, application: Any, request: bytes = CLOSE) -> tuple[list[bytes], bytes]:
    """Lines of the answer's head, but for the date, and its body."""
    client = await (await serving(application)).client()
    await client.send(request)
    head, _, rest = (await client.rest()).partition(b"\r\n\r\n")
    return [line for line in head.split(b"\r\n") if not line.startswith(b"date: ")], rest


async def test_the_scope_tells_the_request(serving: Serve) -> None:
    """Path decoded and raw, query, headers and addresses, as the specification names them."""
    seen: dict[str, Any] = {}

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.update(scope)
        await send(start())
        await send(body(b""))

    await said(
        serving, application, b"PUT /a%20%C3%A9?b=%20 HTTP/1.1\r\nHOST: h\r\nConnection: close\r\n\r\n"
    )

    assert (seen["type"], seen["method"], seen["http_version"], seen["scheme"]) == (
        "http",
        "PUT",
        "1.1",
        "http",
    )
    assert (seen["path"], seen["raw_path"], seen["query_string"]) == ("/a é", b"/a%20%C3%A9", b"b=%20")
    assert seen["headers"] == [(b"host", b"h"), (b"connection", b"close")]
    assert seen["client"][0] == seen["server"][0] == "127.0.0.1"


async def test_an_answer_in_one_piece_gets_a_length(serving: Serve) -> None:
    """Nobody needs chunks when the size is known."""
    assert await said(serving, answering(start(201, (b"X-A", b"1")), body(b"abc"))) == (
        [b"HTTP/1.1 201 Created", b"X-A: 1".lower(), b"content-length: 3", b"connection: close"],
        b"abc",
    )


async def test_an_answer_in_pieces_is_chunked(serving: Serve) -> None:
    """Each message is a chunk, empty ones are none, and the end is marked."""
    messages = (start(), body(b"ab", True), body(b"", True), body(b"c" * 17, True), body(b""))
    lines, sent = await said(serving, answering(*messages))

    assert lines == [b"HTTP/1.1 200 OK", b"transfer-encoding: chunked", b"connection: close"]
    assert sent == b"2\r\nab\r\n11\r\n" + b"c" * 17 + b"\r\n0\r\n\r\n"


async def test_the_head_does_not_wait_for_a_late_body(serving: Serve) -> None:
    """A stream that has not begun to speak already shows its status."""
    release = asyncio.Event()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await send(start())
        await release.wait()
        await send(body(b"x"))

    client = await (await serving(application)).client()
    await client.send(CLOSE)
    head = await client.head()
    release.set()

    assert b"transfer-encoding: chunked" in head
    assert await client.rest() == b"1\r\nx\r\n0\r\n\r\n"


async def test_http_1_0_is_answered_until_the_end(serving: Serve) -> None:
    """A client of 1996 gets no chunks."""
    lines, sent = await said(
        serving, answering(start(), body(b"ab", True), body(b"c")), b"GET /a HTTP/1.0\r\n\r\n"
    )

    assert lines == [b"HTTP/1.1 200 OK", b"connection: close"]
    assert sent == b"abc"


@pytest.mark.parametrize(
    ("request_line", "messages"),
    [
        (b"HEAD", (start(200, (b"content-length", b"3")), body(b"abc"))),
        (b"GET", (start(204), body(b""))),
        (b"GET", (start(304), body(b"abc"))),
    ],
)
async def test_answers_without_a_body(serving: Serve, request_line: bytes, messages: Any) -> None:
    """HEAD, 204 and 304 end with the head, whatever the application sends."""
    lines, sent = await said(serving, answering(*messages), CLOSE.replace(b"GET", request_line))

    assert sent == b""
    assert b"transfer-encoding: chunked" not in lines


async def test_framing_headers_of_the_application_are_not_sent(serving: Serve) -> None:
    """The edge frames; an application that relays another server's framing cannot break it."""
    headers = ((b"Transfer-Encoding", b"gzip"), (b"Connection", b"upgrade"), (b"Keep-Alive", b"timeout=5"))
    lines, _ = await said(serving, answering(start(200, *headers), body(b"abc")))

    assert lines == [b"HTTP/1.1 200 OK", b"content-length: 3", b"connection: close"]


@pytest.mark.parametrize(
    "header",
    [
        (b"x-a", b"1\r\nSet-Cookie: b=c"),
        (b"x-a", b"1\r\n\r\n<html>"),
        (b"x-a: 1\r\nset-cookie", b"b=c"),
        (b"x a", b"1"),
        (b"x-a", b"1\0"),
        (b"", b"1"),
    ],
)
async def test_no_header_can_hold_another(serving: Serve, header: tuple[bytes, bytes]) -> None:
    """A value with a line end is a failure of ours, not a second header for the client."""
    lines, sent = await said(serving, answering(start(200, header), body(b"abc")))

    assert lines[0] == b"HTTP/1.1 500 Internal Server Error"
    assert b"cookie" not in b"".join(lines) + sent


async def test_a_failing_application_is_a_500_without_its_words(
    serving: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    """The client gets an envelope, the log gets kind and place, nobody gets the message."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("my card is 4111")

    with caplog.at_level(logging.ERROR):
        lines, sent = await said(serving, application)

    assert lines[0] == b"HTTP/1.1 500 Internal Server Error"
    assert b'"code":"internal_error"' in sent
    assert "ValueError" in caplog.text
    assert "test_exchange.py" in caplog.text
    assert "4111" not in caplog.text + sent.decode()


@pytest.mark.parametrize(
    "messages",
    [
        (start(), body(b"ab", True)),
        (start(200, (b"content-length", b"5")), body(b"ab")),
        (start(200, (b"content-length", b"1")), body(b"ab")),
        (start(), body(b"ab", True), start()),
    ],
    ids=["unfinished", "shorter than stated", "longer than stated", "two heads"],
)
async def test_a_broken_answer_never_looks_complete(serving: Serve, messages: Any) -> None:
    """What an application leaves unfinished is cut, not ended."""
    lines, sent = await said(serving, answering(*messages))

    length = next((int(line.split(b": ")[1]) for line in lines if line.startswith(b"content-length")), None)
    assert not sent.endswith(b"0\r\n\r\n")
    assert length is None or len(sent) != length


async def test_a_broken_answer_to_http_1_0_is_reset(serving: Serve) -> None:
    """Where only the end of the connection ends an answer, a proper end would make it look whole."""
    client = await (await serving(answering(start(), body(b"ab", True)))).client()
    await client.send(b"GET /a HTTP/1.0\r\n\r\n")

    with pytest.raises(ConnectionResetError):
        await client.reader.read(-1)


async def test_what_was_sent_before_a_failure_arrives(serving: Serve) -> None:
    """A last word, such as an error event, is not lost when the answer is cut behind it."""
    pieces = [body(b"x" * 50_000, True) for _ in range(40)]
    _, sent = await said(serving, answering(start(), *pieces, body(b"last word", True)))

    assert sent.endswith(b"9\r\nlast word\r\n")


async def test_continue_is_said_when_the_body_is_wanted(serving: Serve) -> None:
    """A client that asks first is told to go on only by an application that reads."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        message = await receive()
        await send(start())
        await send(body(message["body"]))

    client = await (await serving(application)).client()
    await client.send(b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    interim = await client.head()
    await client.send(b"abc")

    assert interim == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert (await client.head()).startswith(b"HTTP/1.1 200 ")


async def test_continue_is_not_said_before_a_refusal(serving: Serve) -> None:
    """Answered from the head alone, the client need not send its body at all."""
    request = CLOSE.replace(
        b"GET /a HTTP/1.1", b"POST /a HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue"
    )
    lines, _ = await said(serving, answering(start(413), body(b"")), request)

    assert lines[0].startswith(b"HTTP/1.1 413 ")


async def test_receive_tells_that_the_client_left(serving: Serve) -> None:
    """After the body, the next message is the disconnect, when it happens."""
    seen: asyncio.Queue[str] = asyncio.Queue()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        for _ in range(3):
            seen.put_nowait((await receive())["type"])
        with pytest.raises(ClientGone):
            await send(start())
        seen.put_nowait("refused")

    client = await (await serving(application)).client()
    await client.send(GET)
    assert await asyncio.wait_for(seen.get(), 1) == "http.request"
    assert seen.empty()
    client.drop()

    assert [await asyncio.wait_for(seen.get(), 1) for _ in range(3)] == [
        "http.disconnect",
        "http.disconnect",
        "refused",
    ]


@pytest.mark.parametrize("leave", ["reset", "close", "shut down one half"])
async def test_work_ends_when_the_client_leaves(serving: Serve, leave: str) -> None:
    """connected() cancels what runs inside within a moment, however the client goes."""
    outcome: asyncio.Queue[str] = asyncio.Queue()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        try:
            async with connected(scope, receive):
                outcome.put_nowait("waiting")
                await asyncio.sleep(10)
        except ClientGone:
            outcome.put_nowait("gone")
            raise

    client = await (await serving(application)).client()
    await client.send(GET)
    assert await asyncio.wait_for(outcome.get(), 1) == "waiting"
    if leave == "reset":
        client.drop()
    elif leave == "close":
        client.writer.close()
    else:
        client.writer.write_eof()

    assert await asyncio.wait_for(outcome.get(), 1) == "gone"


async def test_finished_work_is_not_cancelled_later(serving: Serve) -> None:
    """Once left, connected() no longer reaches the task."""
    outcome: asyncio.Queue[str] = asyncio.Queue()

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        async with connected(scope, receive):
            await asyncio.sleep(0)
        outcome.put_nowait("left")
        await asyncio.sleep(0.2)
        outcome.put_nowait("finished")

    client = await (await serving(application)).client()
    await client.send(GET)
    await asyncio.wait_for(outcome.get(), 1)
    client.drop()

    assert await asyncio.wait_for(outcome.get(), 1) == "finished"
