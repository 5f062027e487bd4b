"""Every bad credential gets the same answer; every place for a good one is accepted."""

import asyncio
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

import openai
import pytest

from llm_gateway.domain.tokens import mint, parse
from tests.integration.sdk.conftest import follow
from tests.support.gateway import ACTOR, MODEL, RunningGateway, eventually
from tests.support.provider import Provider

BODY = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": "Hello"}]}).encode()


def post(gateway: RunningGateway, headers: Mapping[str, str]) -> tuple[int, Any]:
    """Status and body, without the request id that differs in each."""
    request = urllib.request.Request(
        f"{gateway.url}/v1/chat/completions", BODY, {"Content-Type": "application/json"} | dict(headers)
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        with error:
            body = error.read().decode()
        return error.code, body.replace(error.headers["x-llm-gateway-request-id"], "ID")


def bearer(gateway: RunningGateway, token: str) -> tuple[int, Any]:
    return post(gateway, {"Authorization": f"Bearer {token}"})


def test_the_sdk_raises_its_authentication_error(gateway: RunningGateway) -> None:
    """With the code that OpenAI uses."""
    client = openai.OpenAI(base_url=f"{gateway.url}/v1", api_key="sk-wrong", max_retries=0)
    with client, pytest.raises(openai.AuthenticationError) as caught:
        client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "x"}])

    assert caught.value.code == "invalid_api_key"


def test_every_bad_key_gets_the_same_401(gateway: RunningGateway, key: str, provider: Provider) -> None:
    """Unknown, malformed, with a wrong secret, expired and revoked: nobody learns which."""
    revoked = gateway.key_for(provider.url)
    short = gateway.key_for(provider.url, expires_at=time.time() + 2)
    unknown = mint("A" * 12, bytes(32)).token.reveal()
    follow(gateway, revoked)
    with gateway.keys() as keys:
        asyncio.run(keys.revoke(ACTOR, parse(revoked) or ""))
    eventually(lambda: bearer(gateway, revoked)[0] == 401, timeout=3)
    eventually(lambda: bearer(gateway, short)[0] == 401, timeout=6)
    wrong_secret = key[:-20] + ("A" if key[-20] != "A" else "B") + key[-19:]

    served = len(provider.requests)
    bad = ["", "x", "sk-abc", key[:-1], key + "x", wrong_secret, unknown, "é" * 10, "A" * 5_000]
    answers = {bearer(gateway, token) for token in (*bad, revoked, short)}
    answers |= {post(gateway, {}), post(gateway, {"Authorization": f"Basic {key}"})}

    assert len(answers) == 1
    assert answers.pop()[0] == 401
    assert len(provider.requests) == served


@pytest.mark.parametrize("header", ["X-API-Key", "x-goog-api-key", "api-key", "Authorization"])
def test_a_good_key_is_accepted_in_each_header(
    gateway: RunningGateway, key: str, provider: Provider, header: str
) -> None:
    """As the SDKs of the providers send it."""
    value = f"Bearer {key}" if header == "Authorization" else key

    assert post(gateway, {header: value})[0] == 200
    assert key.encode() not in provider.last.everything


@pytest.mark.parametrize("name", ["key", "api_key", "access_token"])
def test_a_key_in_the_url_is_not_a_credential(
    gateway: RunningGateway, key: str, provider: Provider, name: str
) -> None:
    """URLs end in logs."""
    request = urllib.request.Request(f"{gateway.url}/v1/chat/completions?{name}={key}", BODY)

    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=10)
    with caught.value as answer:
        assert answer.code in (400, 401)
        assert key.encode() not in answer.read()
    assert provider.requests == []


def test_two_different_credentials_are_an_error(
    gateway: RunningGateway, key: str, provider: Provider
) -> None:
    """The same twice is not."""
    assert post(gateway, {"Authorization": f"Bearer {key}", "X-API-Key": "other"})[0] == 400
    assert post(gateway, {"Authorization": f"Bearer {key}", "X-API-Key": key})[0] == 200
    assert len(provider.requests) == 1


def test_a_rotated_key_keeps_its_grace(gateway: RunningGateway, provider: Provider) -> None:
    """Old and new are good, and after a rotation without grace only the new one."""
    old = gateway.key_for(provider.url)
    kid = parse(old) or ""
    follow(gateway, old)
    with gateway.keys() as keys:
        new = asyncio.run(keys.rotate(ACTOR, kid, grace=3600)).token.reveal()
        eventually(lambda: bearer(gateway, new)[0] == 200, timeout=3)
        assert bearer(gateway, old)[0] == 200

        newest = asyncio.run(keys.rotate(ACTOR, kid)).token.reveal()
    started = time.perf_counter()
    eventually(lambda: bearer(gateway, newest)[0] == 200, timeout=3)

    assert time.perf_counter() - started < 1.5
    assert bearer(gateway, old)[0] == 401
    assert bearer(gateway, new)[0] == 401
