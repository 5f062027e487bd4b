"""The messages format as the pipeline uses it."""

from typing import Any

import orjson

from llm_gateway.domain.errors import GatewayError
from llm_gateway.wire.anthropic_messages import errors
from llm_gateway.wire.anthropic_messages.answer import read_answer, read_count_answer
from llm_gateway.wire.anthropic_messages.read import read_count, read_request
from llm_gateway.wire.anthropic_messages.stream import MessageStreamReader
from llm_gateway.wire.format import ErrorBody, ReadAnswer, ReadRequest, StreamReader


class AnthropicMessages:
    """Anthropic messages."""

    surface = "anthropic.messages"
    refuses = True

    def read_request(self, body: Any) -> ReadRequest:
        return read_request(body)

    def read_answer(self, body: Any) -> ReadAnswer:
        return read_answer(body)

    def stream_reader(self) -> StreamReader:
        return MessageStreamReader()

    def error(self, error: GatewayError, request_id: str) -> ErrorBody:
        return errors.error(error, request_id)

    def stream_error(self, error: GatewayError, request_id: str) -> bytes:
        return errors.stream_error(error, request_id)

    def refusal(self, message: str, request_id: str, model: str, created: int) -> bytes:
        return errors.refusal(message, request_id, model)

    def stream_refusal(
        self, message: str, request_id: str, model: str, created: int, *, started: bool
    ) -> bytes:
        return errors.stream_refusal(message, request_id, model, started=started)


class AnthropicCountTokens(AnthropicMessages):
    """Counting the tokens of a messages request. Its answer is a number and cannot say no."""

    surface = "anthropic.count_tokens"
    refuses = False

    def read_request(self, body: Any) -> ReadRequest:
        return read_count(body)

    def read_answer(self, body: Any) -> ReadAnswer:
        return read_count_answer(body)

    def refusal(self, message: str, request_id: str, model: str, created: int) -> bytes:
        return orjson.dumps({"input_tokens": 0})
