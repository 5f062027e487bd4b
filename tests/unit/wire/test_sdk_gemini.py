"""The official Google client accepts what the gateway writes in Gemini's format itself."""

import json
from typing import Any

import pytest
from google.genai import errors, types

from llm_gateway.domain.errors import (
    BadRequest,
    Blocked,
    GatewayError,
    NotAuthenticated,
    NotPermitted,
    RateLimited,
    UpstreamFailed,
)
from llm_gateway.domain.verdict import Action, Verdict
from llm_gateway.wire.gemini import GeminiGenerate, GeminiGenerateArray
from tests.support.official_clients import google_client

FORMAT = GeminiGenerate()
BLOCKED = Blocked("Blocked by rule no-pii.", verdict=Verdict(Action.BLOCK, rule="no-pii"), stage="request")


@pytest.mark.parametrize(
    ("error", "raised", "status"),
    [
        (BadRequest("contents is empty."), errors.ClientError, "INVALID_ARGUMENT"),
        (BLOCKED, errors.ClientError, "INVALID_ARGUMENT"),
        (NotAuthenticated("Unknown key."), errors.ClientError, "UNAUTHENTICATED"),
        (NotPermitted("Not this model."), errors.ClientError, "PERMISSION_DENIED"),
        (RateLimited("Slow down.", retry_after=2), errors.ClientError, "RESOURCE_EXHAUSTED"),
        (UpstreamFailed("The provider failed."), errors.ServerError, "UNAVAILABLE"),
        (UpstreamFailed("Too slow.", timed_out=True), errors.ServerError, "DEADLINE_EXCEEDED"),
    ],
)
def test_errors_raise_their_own_exception(
    error: GatewayError, raised: type[errors.APIError], status: str
) -> None:
    """Status and envelope make the client raise the fitting class with code, status and message."""
    written = FORMAT.error(error, "req_1")

    with pytest.raises(raised) as caught:
        google_client(written.body, written.status).models.generate_content(model="m", contents="x")

    assert (caught.value.code, caught.value.status, caught.value.message) == (
        error.status,
        status,
        error.message,
    )


def test_a_block_names_rule_stage_and_request() -> None:
    """The details carry what Google's clients can read by machine."""
    [info] = json.loads(FORMAT.error(BLOCKED, "req_1").body)["error"]["details"]

    assert info["metadata"] == {
        "code": "content_policy_violation",
        "requestId": "req_1",
        "rule": "no-pii",
        "stage": "request",
    }


def test_an_error_inside_a_stream_raises() -> None:
    """What came before the error is delivered, then the client raises."""
    begun = b'data: {"candidates":[{"content":{"role":"model","parts":[{"text":"Hel"}]}}]}\r\n\r\n'
    client = google_client(begun + FORMAT.stream_error(BLOCKED, "req_1"))
    events = client.models.generate_content_stream(model="m", contents="x")

    assert next(events).text == "Hel"
    with pytest.raises(errors.ClientError, match="no-pii"):
        next(events)


def test_a_refusal_is_an_answer() -> None:
    """A refusal finishes with the format's own reason."""
    answer = google_client(FORMAT.refusal("Not allowed.", "req_1", "m", 1)).models.generate_content(
        model="m", contents="x"
    )

    assert answer.candidates is not None
    assert (answer.candidates[0].finish_reason, answer.text) == (types.FinishReason.SAFETY, "Not allowed.")


@pytest.mark.parametrize("started", [True, False])
def test_a_streamed_refusal_ends_the_stream(started: bool) -> None:
    """The last chunk says no."""
    raw = FORMAT.stream_refusal("Not allowed.", "req_1", "m", 1, started=started)
    events = list(google_client(raw).models.generate_content_stream(model="m", contents="x"))

    assert [event.candidates and event.candidates[0].finish_reason for event in events] == [
        types.FinishReason.SAFETY
    ]


@pytest.mark.parametrize("started", [True, False])
def test_the_endings_of_an_array_close_it(started: bool) -> None:
    """Whoever reads the stream as one JSON text can still do so."""
    array = GeminiGenerateArray()
    begun = b'[{"candidates":[]}' if started else b""
    refused: list[Any] = json.loads(begun + array.stream_refusal("No.", "r", "m", 1, started=started))

    assert refused[-1]["candidates"][0]["finishReason"] == "SAFETY"


def test_an_error_closes_the_array() -> None:
    """The error is the last element."""
    whole = json.loads(b'[{"candidates":[]}' + GeminiGenerateArray().stream_error(BLOCKED, "r"))

    assert whole[-1]["error"]["status"] == "INVALID_ARGUMENT"
