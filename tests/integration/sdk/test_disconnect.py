"""A client that goes away takes the upstream call with it."""

import time
from typing import Any

import httpx2
import openai
import pytest

from tests.support.gateway import MODEL
from tests.support.provider import Provider, events, json_answer
from tests.support.provider.answers import completion, stream_of

MESSAGES: list[Any] = [{"role": "user", "content": "Hello"}]


def test_leaving_a_stream_cancels_the_upstream_call(client: openai.OpenAI, provider: Provider) -> None:
    """Within a second."""
    provider.script(events(stream_of(["word "] * 2_000), every=0.01))
    stream = client.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True)
    for _, _ in zip(stream, range(3), strict=False):
        pass
    stream.close()
    client.close()
    started = time.perf_counter()

    assert provider.last.disconnected.wait(5)
    assert time.perf_counter() - started < 1


def test_leaving_before_a_stream_begins_cancels_as_well(client: openai.OpenAI, provider: Provider) -> None:
    """While the provider still thinks."""
    provider.script(events([20.0, *stream_of(["late"])]))

    with pytest.raises(openai.APITimeoutError):
        client.with_options(timeout=httpx2.Timeout(10, read=0.3)).chat.completions.create(
            model=MODEL, messages=MESSAGES, stream=True
        )
    started = time.perf_counter()

    assert provider.last.disconnected.wait(5)
    assert time.perf_counter() - started < 1


def test_leaving_a_whole_answer_cancels_the_upstream_call(client: openai.OpenAI, provider: Provider) -> None:
    """Within a second, although nothing has come yet."""
    provider.script(json_answer(completion(), before=20.0))

    with pytest.raises(openai.APITimeoutError):
        client.with_options(timeout=httpx2.Timeout(10, read=0.3)).chat.completions.create(
            model=MODEL, messages=MESSAGES
        )
    started = time.perf_counter()

    assert provider.last.disconnected.wait(5)
    assert time.perf_counter() - started < 1
