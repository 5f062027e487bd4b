"""A whole answer: read, inspected, masked and restored, or passed on as the error it is."""

from collections.abc import Callable
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
from llm_gateway.ports.upstream import UpstreamAnswer
from llm_gateway.wire import json_text

ANSWER_DEPTH = 128


async def whole_answer(judging: Judging, masking: Masking, answer: UpstreamAnswer, raw: bytes) -> Reply:
    """The reply for a successful answer. Raises Blocked, UpstreamFailed and Unavailable."""
    exchange = judging.exchange
    value = parsed(raw)
    read = exchange.incoming.format.read_answer(value)
    exchange.usage = read.usage
    verdict = await judging.judge(Direction.ANSWER, read, value)
    touched = masking.restore is not None or verdict.action is Action.MASK
    body = body_for(raw, value, masking.answer_edits(read.segments, verdict)) if touched else raw
    return Reply(answer.status, headers_for_client(answer.headers), body)


def error_reply(
    exchange: Exchange,
    answer: UpstreamAnswer,
    raw: bytes,
    scrub: Callable[[bytes], bytes],
    masking: Masking | None = None,
) -> Reply:
    """The provider's own error, with its status and envelope. Raises UpstreamFailed when it is not JSON."""
    exchange.status, exchange.error, exchange.outcome = answer.status, "upstream_error", Outcome.FAILED
    try:
        value = parsed(raw)
    except UpstreamFailed:
        raise _unreadable(answer.status) from None
    if type(value) not in (dict, list):
        raise _unreadable(answer.status)
    body = body_for(raw, value, masking.leaf_edits(value)) if masking else raw
    return Reply(answer.status, headers_for_client(answer.headers), scrub(body))


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
