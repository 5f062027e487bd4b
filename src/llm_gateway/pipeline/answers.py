"""A whole answer: read, inspected, masked and restored, or passed on as the error it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from llm_gateway.domain.errors import BadRequest, UpstreamFailed
from llm_gateway.domain.record import Outcome
from llm_gateway.domain.text import Direction
from llm_gateway.domain.verdict import Action
from llm_gateway.pipeline.exchange import Exchange
from llm_gateway.pipeline.forwarding import body_for, headers_for_client
from llm_gateway.pipeline.incoming import Reply
from llm_gateway.pipeline.judging import Judging
from llm_gateway.pipeline.masking import Masking
from llm_gateway.pipeline.passage import Passage
from llm_gateway.ports.upstream import UpstreamAnswer
from llm_gateway.wire import json_text

ANSWER_DEPTH = 128
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Reached:
    """An answer whose head has arrived, the way it came, and the client's request as it was read."""

    answer: UpstreamAnswer
    way: Passage
    value: Any


async def whole_answer(judging: Judging, masking: Masking, reached: Reached, raw: bytes) -> Reply:
    """The reply for a successful answer. Raises Blocked, UpstreamFailed and Unavailable."""
    exchange, answer = judging.exchange, reached.answer
    value = parsed(raw)
    translated = reached.way.answer(exchange, value)
    if translated is not None:
        raw, value = translated, parsed(translated)
    read = exchange.incoming.format.read_answer(value)
    exchange.usage = read.usage
    verdict = await judging.judge(Direction.ANSWER, read, value)
    touched = masking.restore is not None or verdict.action is Action.MASK
    body = body_for(raw, value, masking.answer_edits(read.segments, verdict)) if touched else raw
    kind = "" if translated is None else _JSON
    return Reply(answer.status, headers_for_client(answer.headers, kind), body)


def error_reply(
    exchange: Exchange,
    reached: Reached,
    raw: bytes,
    scrub: Callable[[bytes], bytes],
    masking: Masking,
) -> Reply:
    """The provider's own error, with its status and envelope, or what it says in the client's dialect.

    Raises UpstreamFailed when it is not JSON.
    """
    answer, translation = reached.answer, reached.way.translation
    exchange.status, exchange.error, exchange.outcome = answer.status, "upstream_error", Outcome.FAILED
    try:
        value = parsed(raw)
    except UpstreamFailed:
        raise _unreadable(answer.status) from None
    if type(value) not in (dict, list):
        raise _unreadable(answer.status)
    body = scrub(body_for(raw, value, masking.leaf_edits(value)))
    if translation is None:
        return Reply(answer.status, headers_for_client(answer.headers), body)
    said = translation.error(answer.status, body, exchange.id)
    return Reply(said.status, {**headers_for_client(answer.headers, _JSON), **said.headers}, said.body)


async def timed(exchange: Exchange, answer: UpstreamAnswer, limit: int) -> bytes:
    """The body; the time it takes to arrive is the provider's."""
    start = exchange.clock.ticks()
    try:
        return await answer.read(limit)
    finally:
        exchange.provider_wait += exchange.clock.ticks() - start


def parsed(raw: bytes) -> Any:
    """The value of the provider's JSON. Raises UpstreamFailed."""
    try:
        return json_text.parse(raw, max_depth=ANSWER_DEPTH)
    except BadRequest as error:
        raise UpstreamFailed(
            "The provider's answer is not valid JSON.", code="upstream_invalid_answer", detail=error.message
        ) from None


def _unreadable(status: int) -> UpstreamFailed:
    error = UpstreamFailed(
        f"The provider answered with status {status} and a body that is not JSON.", code="upstream_error"
    )
    error.status = status
    return error
