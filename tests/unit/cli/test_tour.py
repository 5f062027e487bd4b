"""The tour against a server that says what a gateway would say."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from llm_gateway.cli.tour import Heard, Step, TourFailed, steps, take
from tests.support.provider import Answer, Provider, completion, error, events, json_answer
from tests.support.provider.answers import stream_of

KEY = "lgw_live_test"


@pytest.fixture
def server() -> Iterator[Provider]:
    with Provider() as running:
        yield running


def headers(verdict: str, rule: str = "") -> Mapping[str, str]:
    told = {"x-llm-gateway-request-id": "req_1", "x-llm-gateway-verdict": verdict}
    told["x-llm-gateway-inspection-ms"] = "1.250"
    return told | ({"x-llm-gateway-rule": rule} if rule else {})


def saying(text: str, verdict: str, rule: str = "") -> Answer:
    return json_answer(completion(text), headers=headers(verdict, rule))


def blocking(rule: str) -> Answer:
    return error(400, "blocked", "invalid_request_error", "content_policy_violation", headers("block", rule))


def named(title: str) -> Step:
    return next(step for step in steps() if step.title == title)


def taken(server: Provider, title: str, answer: Answer) -> tuple[Step, Heard]:
    server.script(answer)
    step = named(title)
    return step, take(step, server.url.removesuffix("/v1"), KEY)


def test_every_step_sends_a_valid_request_with_the_key(server: Provider) -> None:
    """The strict server checks them all."""
    server.script(*(saying("x", "allow") for _ in steps()))
    for step in steps():
        take(replace(step, stream=False), server.url.removesuffix("/v1"), KEY)

    server.assert_content()
    assert {one.header("authorization") for one in server.requests} == {f"Bearer {KEY}"}


@pytest.mark.parametrize(
    ("title", "answer", "passed"),
    [
        ("Harmless question", saying("Paris", "allow"), True),
        ("Harmless question", blocking("prompt-injection"), False),
        ("Harmless question", error(500, "x", "server_error", headers=headers("allow")), False),
        ("Jailbreak", blocking("prompt-injection"), True),
        ("Jailbreak", blocking("other-rule"), False),
        ("Jailbreak", saying("yes", "allow"), False),
        ("Jailbreak", saying("yes", "block", "prompt-injection"), False),
        ("Card, masked and restored", saying("the card [CARD_1]", "mask", "card-and-ssn"), False),
        ("Leaked secret", blocking("secrets"), True),
        ("Answer that leaks a card", saying("the card is [removed]", "mask"), True),
    ],
)
def test_a_step_passes_only_with_verdict_rule_and_answer(
    server: Provider, title: str, answer: Answer, passed: bool
) -> None:
    """A verdict without its deed does not pass."""
    step, heard = taken(server, title, answer)

    assert step.passed(heard) is passed


def test_a_masked_card_has_to_come_back_whole(server: Provider) -> None:
    """Restoring is what the step is about."""
    sent: Any = named("Card, masked and restored").messages[0]["content"]
    step, heard = taken(
        server, "Card, masked and restored", saying(f"you wrote: {sent}", "mask", "card-and-ssn")
    )

    assert step.passed(heard)
    assert heard.inspection_ms == 1.25


def test_a_stream_has_to_come_in_pieces(server: Provider) -> None:
    """One piece is no stream."""
    words = ["This ", "is a ", "long answer."]
    step, heard = taken(server, "Stream", events(stream_of(words), headers=headers("allow")))
    assert (heard.pieces, heard.text) == (3, "This is a long answer.")
    assert step.passed(heard)

    step, heard = taken(server, "Stream", events(stream_of(["a long answer."]), headers=headers("allow")))
    assert not step.passed(heard)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (error(401, "no", "invalid_request_error"), "--key"),
        (json_answer(completion("x")), "--url"),
    ],
)
def test_what_ends_the_tour_names_the_remedy(server: Provider, answer: Answer, says: str) -> None:
    """A key that is not known, and something else that answers."""
    with pytest.raises(TourFailed, match=says):
        taken(server, "Harmless question", answer)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "file:///etc/passwd", "nonsense"])
def test_without_a_gateway_the_remedy_is_named(url: str) -> None:
    """Nothing listens there, or it is no address at all."""
    with pytest.raises(TourFailed, match="--url"):
        take(steps()[0], url, KEY)
