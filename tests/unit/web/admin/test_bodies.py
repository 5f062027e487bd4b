import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from llm_gateway.web.admin.bodies import StrictBodies
from tests.unit.web.admin.conftest import TOKEN, Desk

JSON = {"content-type": "application/json"}
SECRET = "sk-canary-in-the-body"


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"{", JSON, 400, "invalid_json"),
        (b"\xff\xfe", JSON, 400, "invalid_json"),
        (b'{"a": NaN}', JSON, 400, "invalid_json"),
        (b'{"a": 1} {"b": 2}', JSON, 400, "invalid_json"),
        (b"[]", JSON, 400, "invalid_json"),
        (b'"text"', JSON, 400, "invalid_json"),
        (b"null", JSON, 400, "invalid_json"),
        (b'{"a": "\\ud800"}', JSON, 400, "invalid_json"),
        (b'{"sk-canary-in-the-body": 1, "sk-canary-in-the-body": 2}', JSON, 400, "duplicate_key"),
        (b'{"gateway_key": "a", "gateway_key": "b"}', JSON, 400, "duplicate_key"),
        (b'{"a": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", JSON, 400, None),
        (b'{"a": ' * 100 + b"1" + b"}" * 100, JSON, 400, "json_too_deep"),
        (b'{"sk-canary-in-the-body": 1}', JSON, 400, "unknown_field"),
        (b'{"gateway_key": ["sk-canary-in-the-body"]}', JSON, 400, "invalid_value"),
        (b"", JSON, 400, "missing_body"),
        (b"x" * 70_000, JSON, 413, "request_too_large"),
        (b"x" * 1_000_000, JSON, 413, "request_too_large"),
        (b"{}", {}, 415, "unsupported_media_type"),
        (
            b"gateway_key=x",
            {"content-type": "application/x-www-form-urlencoded"},
            415,
            "unsupported_media_type",
        ),
        (b"{}", {"content-type": "application/json2"}, 415, "unsupported_media_type"),
        (b"{}", {"content-type": "application/json, text/plain"}, 415, "unsupported_media_type"),
    ],
)
def test_bad_bodies(
    shared: Desk, body: bytes, headers: dict[str, str], status: int, code: str | None
) -> None:
    """Each kind of bad body has its status and code, and nothing of it is repeated."""
    answer = shared.admin.post("/unregister-key", content=body, headers=headers)

    assert answer.status_code == status
    assert code is None or answer.json()["error"]["code"] == code
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
    assert "canary" not in answer.text


@pytest.mark.parametrize("media", ["application/json; charset=utf-8", "Application/JSON"])
def test_good_media_types(shared: Desk, media: str) -> None:
    """Parameters and case of the media type do not matter."""
    answer = shared.admin.post("/generate-api-key", content=b'{"name": "x"}', headers={"content-type": media})

    assert answer.status_code == 201


def test_bodies_of_unknown_length(shared: Desk) -> None:
    """A body sent in pieces is put together, and counted."""

    def pieces(size: int) -> Iterator[bytes]:
        yield b'{"name": "'
        for _ in range(size):
            yield b"x"
        yield b'"}'

    good = shared.admin.post("/generate-api-key", content=pieces(50), headers=JSON)
    large = shared.admin.post("/generate-api-key", content=pieces(70_000), headers=JSON)
    assert (good.status_code, good.json()["name"]) == (201, "x" * 50)
    assert large.status_code == 413


def test_unknown_fields_name_the_known(shared: Desk) -> None:
    """The message lists what the address takes, so that a typing error is found."""
    answer = shared.admin.post("/unregister-key", json={"gatewaykey": "x"})

    assert "it takes: gateway_key" in answer.json()["error"]["message"]


async def test_a_client_that_goes_away() -> None:
    """When the client leaves before its body is whole, the application is not asked."""
    asked: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope)

    messages = iter([{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(messages)

    async def send(message: Any) -> None:
        asked.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    await asyncio.wait_for(StrictBodies(app, {})(scope, receive, send), 1)
    assert asked == []


def test_the_credential_is_not_repeated(shared: Desk) -> None:
    """No error shows the credential that was sent."""
    for path in ("/nothing", "/register-key", "/api/dashboard/api-keys?limit=x"):
        assert TOKEN not in shared.admin.get(path).text
