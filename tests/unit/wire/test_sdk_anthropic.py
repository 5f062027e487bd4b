"""The official Anthropic client accepts what the gateway writes in the messages format itself."""

from typing import Any

import anthropic
import pytest

from llm_gateway.domain.errors import (
    BadRequest,
    Blocked,
    GatewayError,
    NotAuthenticated,
    NotFound,
    NotPermitted,
    RateLimited,
    TooLarge,
    Unavailable,
    UpstreamFailed,
)
from llm_gateway.domain.verdict import Action, Verdict
from llm_gateway.wire.anthropic_messages import AnthropicCountTokens, AnthropicMessages
from tests.support.official_clients import anthropic_client

FORMAT = AnthropicMessages()
BLOCKED = Blocked("Blocked by rule no-pii.", verdict=Verdict(Action.BLOCK, rule="no-pii"), stage="request")
ASK: dict[str, Any] = {"model": "m", "max_tokens": 10, "messages": [{"role": "user", "content": "x"}]}


@pytest.mark.parametrize(
    ("error", "raised", "kind"),
    [
        (BadRequest("max_tokens is missing."), anthropic.BadRequestError, "invalid_request_error"),
        (BLOCKED, anthropic.BadRequestError, "invalid_request_error"),
        (NotAuthenticated("Unknown key."), anthropic.AuthenticationError, "authentication_error"),
        (NotPermitted("Not this model."), anthropic.PermissionDeniedError, "permission_error"),
        (NotFound("No such path."), anthropic.NotFoundError, "not_found_error"),
        (TooLarge("Send less."), anthropic.APIStatusError, "request_too_large"),
        (RateLimited("Slow down.", retry_after=2), anthropic.RateLimitError, "rate_limit_error"),
        (UpstreamFailed("The provider failed."), anthropic.InternalServerError, "api_error"),
        (UpstreamFailed("Too slow.", timed_out=True), anthropic.InternalServerError, "timeout_error"),
        (Unavailable("A detector failed."), anthropic.InternalServerError, "api_error"),
    ],
)
def test_errors_raise_their_own_exception(
    error: GatewayError, raised: type[anthropic.APIStatusError], kind: str
) -> None:
    """Status and envelope make the client raise the fitting class with type and message."""
    written = FORMAT.error(error, "req_1")

    with pytest.raises(raised) as caught:
        anthropic_client(written.body, written.status).messages.create(**ASK)

    body = caught.value.body
    assert isinstance(body, dict)
    assert (body["type"], body["error"]["type"], body["error"]["message"]) == ("error", kind, error.message)
    assert body["request_id"] == "req_1"


def test_an_error_inside_a_stream_raises() -> None:
    """The event named error makes the client raise."""
    begun = FORMAT.stream_refusal("x", "req_1", "m", 1, started=False).split(b"\n\n")[0] + b"\n\n"
    client = anthropic_client(begun + FORMAT.stream_error(BLOCKED, "req_1"))
    events = client.messages.create(**ASK, stream=True)

    assert next(events).type == "message_start"
    with pytest.raises(anthropic.APIStatusError, match="no-pii"):
        next(events)


def test_a_refusal_is_a_message() -> None:
    """A refusal stops with the format's own reason and says why."""
    message = anthropic_client(FORMAT.refusal("Not allowed.", "req_1", "m", 1)).messages.create(**ASK)

    assert message.stop_reason == "refusal"
    assert [block.to_dict() for block in message.content] == [{"type": "text", "text": "Not allowed."}]


def test_a_streamed_refusal_passes_the_clients_own_state_machine() -> None:
    """The helper that assembles a message from events accepts the refusal."""
    raw = FORMAT.stream_refusal("Not allowed.", "req_1", "m", 1, started=False)
    with anthropic_client(raw).messages.stream(**ASK) as stream:
        message = stream.get_final_message()

    assert (message.stop_reason, message.content[0].to_dict()["text"]) == ("refusal", "Not allowed.")


def test_a_refusal_in_the_middle_passes_the_clients_own_state_machine() -> None:
    """The text so far stays, and the message ends with the refusal."""
    whole = FORMAT.stream_refusal("So far", "req_1", "m", 1, started=False).split(b"\n\n")
    begun = b"\n\n".join(whole[:3]) + b"\n\n"
    raw = begun + FORMAT.stream_refusal("Not allowed.", "req_1", "m", 1, started=True)
    with anthropic_client(raw).messages.stream(**ASK) as stream:
        message = stream.get_final_message()

    assert message.stop_details is not None
    assert (message.stop_reason, message.stop_details.explanation) == ("refusal", "Not allowed.")
    assert message.content[0].to_dict()["text"] == "So far"


def test_counting_cannot_refuse() -> None:
    """A count is a number: whoever wants to say no must send an error."""
    assert not AnthropicCountTokens().refuses
    assert (
        anthropic_client(AnthropicCountTokens().refusal("x", "r", "m", 1))
        .messages.count_tokens(model="m", messages=[{"role": "user", "content": "x"}])
        .input_tokens
        == 0
    )
