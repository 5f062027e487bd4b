"""The official OpenAI client accepts what the gateway writes in the responses format itself."""

import openai
import pytest

from llm_gateway.domain.errors import Blocked
from llm_gateway.domain.verdict import Action, Verdict
from llm_gateway.wire.openai_responses import OpenAIResponses
from tests.support.official_clients import openai_client

FORMAT = OpenAIResponses()
BLOCKED = Blocked("Blocked by rule no-pii.", verdict=Verdict(Action.BLOCK, rule="no-pii"), stage="request")


def test_a_block_raises() -> None:
    """The client raises its own exception with the code."""
    with pytest.raises(openai.BadRequestError) as caught:
        openai_client(FORMAT.error(BLOCKED, "req_1").body, 400).responses.create(model="m", input="x")

    assert caught.value.code == "content_policy_violation"


def test_an_error_inside_a_stream_raises() -> None:
    """What came before the error is delivered, then the client raises."""
    begun = FORMAT.stream_refusal("x", "req_1", "m", 1, started=False).split(b"\n\n")[0] + b"\n\n"
    client = openai_client(begun + FORMAT.stream_error(BLOCKED, "req_1"))
    events = client.responses.create(model="m", input="x", stream=True)

    assert next(events).type == "response.created"
    with pytest.raises(openai.APIError, match="no-pii"):
        next(events)


def test_a_refusal_is_a_response() -> None:
    """A refusal is an incomplete response, because of the content filter."""
    body = FORMAT.refusal("Not allowed.", "req_1", "m", 1)
    answer = openai_client(body).responses.create(model="m", input="x")

    assert answer.incomplete_details is not None
    assert (answer.status, answer.incomplete_details.reason) == ("incomplete", "content_filter")
    assert answer.output[0].to_dict()["content"] == [{"type": "refusal", "refusal": "Not allowed."}]


def test_a_streamed_refusal_passes_the_clients_own_state_machine() -> None:
    """The helper that assembles a response from events accepts the refusal."""
    raw = FORMAT.stream_refusal("Not allowed.", "req_1", "m", 1, started=False)
    with openai_client(raw).responses.stream(model="m", input="x") as stream:
        kinds = [event.type for event in stream]

    assert kinds[0] == "response.created"
    assert "response.refusal.done" in kinds
    assert kinds[-1] == "response.incomplete"


def test_a_refusal_in_the_middle_ends_the_stream() -> None:
    """Only the ending is sent, and says why."""
    raw = FORMAT.stream_refusal("Not allowed.", "req_1", "m", 1, started=True)
    [event] = list(openai_client(raw).responses.create(model="m", input="x", stream=True))

    assert event.type == "response.incomplete"
    assert event.response.incomplete_details is not None
    assert event.response.incomplete_details.reason == "content_filter"
