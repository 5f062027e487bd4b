"""The responses format as the pipeline uses it."""

from typing import Any

import orjson

from llm_gateway.domain.errors import GatewayError
from llm_gateway.wire import openai_errors
from llm_gateway.wire.format import ErrorBody, ReadAnswer, ReadRequest, StreamReader
from llm_gateway.wire.openai_responses import errors
from llm_gateway.wire.openai_responses.answer import read_answer
from llm_gateway.wire.openai_responses.read import read_request
from llm_gateway.wire.openai_responses.stream import ResponseStreamReader


class OpenAIResponses:
    """OpenAI responses."""

    surface = "openai.responses"
    refuses = True

    def read_request(self, body: Any) -> ReadRequest:
        return read_request(body)

    def read_answer(self, body: Any) -> ReadAnswer:
        return read_answer(body)

    def stream_reader(self) -> StreamReader:
        return ResponseStreamReader()

    def error(self, error: GatewayError, request_id: str) -> ErrorBody:
        return openai_errors.error(error, request_id)

    def stream_error(self, error: GatewayError, request_id: str) -> bytes:
        return errors.stream_error(error, request_id)

    def refusal(self, message: str, request_id: str, model: str, created: int) -> bytes:
        return orjson.dumps(errors.refusal(message, request_id, model, created))

    def stream_refusal(
        self, message: str, request_id: str, model: str, created: int, *, started: bool
    ) -> bytes:
        return errors.stream_refusal(message, request_id, model, created, started=started)
