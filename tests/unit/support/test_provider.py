"""The simulated provider must itself be right, or the tests that lean on it prove nothing."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import openai
import pytest

from tests.support.provider import RESET, Answer, Provider, completion, error, events, json_answer, raw
from tests.support.provider.answers import stream_of

MESSAGES: list[Any] = [{"role": "user", "content": "Hello"}]


@pytest.fixture
def running() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


@pytest.fixture
def client(running: Provider) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=running.url, api_key="sk-test", max_retries=0, timeout=5) as made:
        yield made


def ask(client: openai.OpenAI, **fields: Any) -> Any:
    return client.chat.completions.create(model="test-model", messages=MESSAGES, **fields)


def post(running: Provider, body: bytes) -> bytes:
    """The whole answer to raw bytes, on a connection of its own."""
    head = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nX-Odd:  a \r\nContent-Length: %d\r\n\r\n"
    with socket.create_connection(("127.0.0.1", running.port), 5) as connection:
        connection.sendall(head % len(body) + body)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_the_sdk_gets_a_valid_answer_without_any_script(running: Provider, client: openai.OpenAI) -> None:
    """Whole and streamed, and the request is kept."""
    assert ask(client).choices[0].message.content == "All is well."
    words = [event.choices[0].delta.content or "" for event in ask(client, stream=True)]

    assert "".join(words) == "All is well."
    assert running.last.header("authorization") == "Bearer sk-test"
    assert [one.problems for one in running.requests] == [[], []]


def test_a_script_is_answered_in_order(running: Provider, client: openai.OpenAI) -> None:
    """A dict, bytes as they are, events and an error."""
    running.script(completion("one"), json_answer(json.dumps(completion("two")).encode()))
    running.script(events(stream_of(["th", "ree"])), error(429, "slow", "x", headers={"Retry-After": "7"}))

    assert ask(client).choices[0].message.content == "one"
    assert ask(client).choices[0].message.content == "two"
    assert [event.choices[0].delta.content for event in ask(client, stream=True)][1:3] == ["th", "ree"]
    with pytest.raises(openai.RateLimitError) as caught:
        ask(client)
    assert caught.value.response.headers["retry-after"] == "7"


def test_every_byte_received_is_kept(running: Provider) -> None:
    """Spaces and order of the body, and the head as it came."""
    body = b'{ "model":"m","x_new" : 1.50,\n"messages":[{"role":"user","content":"\\u00e9"}]}'
    running.script(Answer([b"{}"], framing="close"))

    answer = post(running, body)

    assert running.last.body == body
    assert b"X-Odd:  a \r\n" in running.last.head
    assert running.last.unknown_fields == {"x_new"}
    assert answer.endswith(b"\r\n\r\n{}")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"model": "m", "messages": []}',
        b'{"model": "m", "messages": {}}',
        b'{"messages": [{"role": "user", "content": "x"}]}',
        b'{"model": "m", "model": "m", "messages": [{"role": "user", "content": "x"}]}',
        b'{"model": "m", "messages": [{"role": "robot", "content": "x"}]}',
        b'{"model": "m", "messages": [{"role": "user", "content": [{"type": "text", "text": 1}]}]}',
        b'{"model": "m", "messages": [{"role": "user", "content": "x"}], "n": "1"}',
        b'{"model": "m", "messages": [{"role": "user", "content": "x"}], "tools": [{"type": "function"}]}',
        b'{"model": "m", "messages": [{"role": "user", "content": "x"}], "stream_options": {}}',
    ],
)
def test_an_invalid_request_is_refused_and_fails_the_test(running: Provider, body: bytes) -> None:
    """The answer is 400 and the fixture's last word is an assertion."""
    with socket.create_connection(("127.0.0.1", running.port), 5) as connection:
        connection.sendall(b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n")
        connection.sendall(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert connection.recv(100).startswith(b"HTTP/1.1 400 ")

    with pytest.raises(AssertionError):
        running.assert_content()


@pytest.mark.parametrize(
    "head",
    [
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\nContent-Length: 1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"POST / HTTP/1.1\r\n\r\n",
    ],
)
def test_odd_framing_is_an_error_of_its_own(running: Provider, head: bytes) -> None:
    """A careful server would not guess."""
    with socket.create_connection(("127.0.0.1", running.port), 5) as connection:
        connection.sendall(head)
        assert connection.recv(100) == b""

    assert len(running.framing_errors) == 1


def test_faults_reach_the_client(running: Provider, client: openai.OpenAI) -> None:
    """A reset in a stream, half a body, and bytes that are no HTTP at all."""
    running.script(events([b"data: {}\n\n", RESET]), Answer([b"{"], length=5), raw(b"no HTTP at all\r\n\r\n"))

    for stream in (True, False, False):
        with pytest.raises((openai.APIConnectionError, httpx2.HTTPError)):
            list(ask(client, stream=stream))


def test_a_client_that_leaves_is_noticed(running: Provider, client: openai.OpenAI) -> None:
    """Within a fraction of a second, in the middle of a stream."""
    running.script(events(stream_of(["word"] * 200), every=0.05))
    stream = ask(client, stream=True)
    next(iter(stream))
    stream.close()
    client.close()
    started = time.perf_counter()

    assert running.last.disconnected.wait(2)
    assert time.perf_counter() - started < 1


def test_connections_are_kept_open_between_requests(running: Provider) -> None:
    """Two requests one behind the other get two answers."""
    request = b"GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", running.port), 5) as connection:
        connection.sendall(request + request)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))

    assert answer.count(b"HTTP/1.1 200") == 2
