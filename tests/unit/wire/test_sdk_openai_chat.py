"""The official OpenAI client accepts what the gateway writes in the chat format itself."""

import openai
import pytest

from llm_gateway.domain.errors import (
    BadRequest,
    Blocked,
    GatewayError,
    NotAuthenticated,
    NotFound,
    NotPermitted,
    RateLimited,
    Unavailable,
    UpstreamFailed,
)
from llm_gateway.domain.verdict import Action, Verdict
from llm_gateway.wire.openai_chat import OpenAIChat
from tests.support.official_clients import openai_client

FORMAT = OpenAIChat()
BLOCKED = Blocked(
    "Blocked by rule no-injection.", verdict=Verdict(Action.BLOCK, rule="no-injection"), stage="answer"
)


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (BadRequest("model is empty.", param="model"), openai.BadRequestError),
        (BLOCKED, openai.BadRequestError),
        (NotAuthenticated("Unknown key."), openai.AuthenticationError),
        (NotPermitted("Not this model."), openai.PermissionDeniedError),
        (NotFound("No such path."), openai.NotFoundError),
        (RateLimited("Slow down.", retry_after=2), openai.RateLimitError),
        (UpstreamFailed("The provider failed."), openai.InternalServerError),
        (Unavailable("A detector failed."), openai.InternalServerError),
    ],
)
def test_errors_raise_their_own_exception(error: GatewayError, raised: type[openai.APIStatusError]) -> None:
    """Status and envelope make the client raise the fitting class with code and message."""
    written = FORMAT.error(error, "req_1")

    with pytest.raises(raised) as caught:
        openai_client(written.body, written.status).chat.completions.create(
            model="m", messages=[{"role": "user", "content": "x"}]
        )

    assert error.message in str(caught.value)
    assert (caught.value.code, caught.value.param) == (error.code, error.param)


def test_a_block_names_rule_stage_and_request() -> None:
    """Whoever is blocked learns by what, where and under which id."""
    with pytest.raises(openai.BadRequestError) as caught:
        openai_client(FORMAT.error(BLOCKED, "req_1").body, 400).chat.completions.create(
            model="m", messages=[]
        )

    assert isinstance(caught.value.body, dict)
    assert {name: caught.value.body[name] for name in ("rule", "stage", "request_id", "type")} == {
        "rule": "no-injection",
        "stage": "answer",
        "request_id": "req_1",
        "type": "invalid_request_error",
    }


def test_an_error_inside_a_stream_raises() -> None:
    """The client gets what was sent before, then an exception."""
    chunk = (
        b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",'
        b'"choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}\n\n'
    )
    client = openai_client(chunk + FORMAT.stream_error(BLOCKED, "req_1"))
    events = client.chat.completions.create(model="m", messages=[], stream=True)

    assert next(events).choices[0].delta.content == "Hel"
    with pytest.raises(openai.APIError, match="no-injection"):
        next(events)


def test_a_refusal_is_an_answer() -> None:
    """A refusal parses as a completion that was stopped by a content filter."""
    answer = openai_client(FORMAT.refusal("Not allowed.", "req_1", "m", 1)).chat.completions.create(
        model="m", messages=[]
    )

    assert (answer.choices[0].finish_reason, answer.choices[0].message.refusal) == (
        "content_filter",
        "Not allowed.",
    )


@pytest.mark.parametrize("started", [True, False])
def test_a_streamed_refusal_ends_the_stream(started: bool) -> None:
    """A stream that says no ends with a content-filter finish."""
    events = list(
        openai_client(
            FORMAT.stream_refusal("Not allowed.", "req_1", "m", 1, started=started)
        ).chat.completions.create(model="m", messages=[], stream=True)
    )

    assert events[0].choices[0].delta.refusal == "Not allowed."
    assert events[-1].choices[0].finish_reason == "content_filter"


def test_retry_after_is_a_header() -> None:
    """Clients wait as long as they are told."""
    assert FORMAT.error(RateLimited("Slow down.", retry_after=2.4), "r").headers == {"retry-after": "2"}
