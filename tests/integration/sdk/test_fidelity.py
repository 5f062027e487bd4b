"""What policy did not change arrives byte for byte."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from tests.support.gateway import MODEL, RunningGateway
from tests.support.provider import Answer, Provider, completion, events, json_answer
from tests.support.provider.answers import chunk, stream_of

ODD_BODY = (
    b'{ "messages" : [ {"role":"user","content":"caf\\u00e9 \xc3\xa9 \\/ \\ud83d\\ude00","name":"a-b",'
    b' "x_part":{"deep":[1,2.50,1e3,-0,null,true]}} ],\n\t"model":"test-model", "temperature":1.0,'
    b'"x_new":{"big":12345678901234567890123,"f":1.10,"z":[{}]},"seed":7 }'
)
SENT_ANSWER = (
    b'{"id" : "chatcmpl-1","object":"chat.completion","created":1,"model":"m","x_extra":{"a":[1.50,null]},\n'
    b'"choices":[{"index":0,"message":{"role":"assistant","content":"\\u00fcber","refusal":null,"x":1},'
    b'"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}'
)


def exchange(gateway: RunningGateway, key: str, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
    """The raw answer to raw bytes."""
    address = urlsplit(gateway.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Cookie": "session=canary-cookie",
    }
    connection.request("POST", "/v1/chat/completions", body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_a_request_arrives_as_it_was_sent(gateway: RunningGateway, key: str, provider: Provider) -> None:
    """Spaces, order, number spellings, escapes and unknown fields at every depth."""
    exchange(gateway, key, ODD_BODY)

    assert provider.last.body == ODD_BODY
    assert provider.last.unknown_fields == {"x_new"}


def test_only_the_model_differs_when_the_key_pins_it(
    gateway: RunningGateway, key: str, provider: Provider
) -> None:
    """Every other byte stays."""
    exchange(gateway, key, ODD_BODY.replace(b'"test-model"', b'"gpt-other"'))

    assert provider.last.body == ODD_BODY


def test_an_answer_arrives_as_it_was_sent(gateway: RunningGateway, key: str, provider: Provider) -> None:
    """Also what no client knows."""
    provider.script(json_answer(SENT_ANSWER))

    answer, content = exchange(gateway, key, ODD_BODY)

    assert content == SENT_ANSWER
    assert answer.headers["content-type"] == "application/json"


STREAM = [
    b": comment\n\n",
    chunk({"role": "assistant", "content": ""}, x_new={"a": 1}),
    b'event: odd\nid: 7\nretry: 10\ndata: {"object":"x.unknown","choices":[]}\n\n',
    b'data:{"id":"c","choices":[{"index":0,"delta":{"content":"no space"},"x":1.50}]}\n\n',
    b'data: {"id":"c",\r\ndata: "choices":[{"index":0,"delta":{"content":" two lines"}}]}\r\n\r\n',
    chunk({}, "stop"),
    b"data: [DONE]\n\n",
]


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_events_arrive_as_they_were_sent_however_they_are_cut(
    gateway: RunningGateway, key: str, provider: Provider, size: int
) -> None:
    """Chunk borders carry no meaning."""
    whole = b"".join(STREAM)
    provider.script(events([whole[start : start + size] for start in range(0, len(whole), size)]))

    body = json.dumps({"model": MODEL, "stream": True, "messages": [{"role": "user", "content": "Hi"}]})
    answer, content = exchange(gateway, key, body.encode())

    assert content == whole
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_credentials_and_cookies_stay_here(gateway: RunningGateway, key: str, provider: Provider) -> None:
    """The provider gets its own key and nothing of the client's."""
    exchange(gateway, key, ODD_BODY)

    received = provider.last
    assert received.header("authorization") is not None
    assert key.encode() not in received.everything
    assert b"canary-cookie" not in received.everything
    assert b"lgw_" not in received.everything


def test_a_providers_cookies_and_secrets_stay_there(
    gateway: RunningGateway, key: str, provider: Provider
) -> None:
    """Only headers from a list go down."""
    told = {"Set-Cookie": "a=b", "X-Organization": "org-canary", "x-ratelimit-limit-requests": "5"}
    provider.script(json_answer(completion(), headers=told))

    answer, _ = exchange(gateway, key, ODD_BODY)

    assert answer.headers["x-ratelimit-limit-requests"] == "5"
    assert answer.headers["set-cookie"] is None
    assert answer.headers["x-organization"] is None


def test_masked_text_is_restored_in_answers_and_nothing_else_changes(
    gateway: RunningGateway, key: str, provider: Provider
) -> None:
    """The provider sees a placeholder, the application its own card again."""
    card = "4532 0151 1283 0366"
    body = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": f"Charge {card} now"}]})
    provider.script(Answer([b""], length=0))
    exchange(gateway, key, body.encode())
    masked = provider.last.json["messages"][0]["content"]
    assert card not in masked
    assert masked.startswith("Charge ")
    assert masked.endswith(" now")

    provider.script(completion(f"Done: {masked}"))
    answer, content = exchange(gateway, key, body.encode())

    assert answer.headers["x-llm-gateway-verdict"] == "mask"
    assert json.loads(content)["choices"][0]["message"]["content"] == f"Done: Charge {card} now"


def test_a_placeholder_split_over_events_is_restored(
    gateway: RunningGateway, key: str, provider: Provider
) -> None:
    """One character in each event."""
    card = "4532 0151 1283 0366"
    asked = {"model": MODEL, "messages": [{"role": "user", "content": f"Charge {card} now"}]}
    exchange(gateway, key, json.dumps(asked).encode())
    masked = provider.last.json["messages"][0]["content"]

    provider.script(events(stream_of(list(f"Done: {masked}."))))
    _, content = exchange(gateway, key, json.dumps(asked | {"stream": True}).encode())

    told = [json.loads(line[6:]) for line in content.split(b"\n") if line.startswith(b"data: {")]
    text = "".join(one["choices"][0]["delta"].get("content") or "" for one in told)
    assert text == f"Done: Charge {card} now."
