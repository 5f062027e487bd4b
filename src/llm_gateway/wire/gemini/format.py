"""Gemini's operations as the pipeline uses them."""

from typing import Any

import orjson

from llm_gateway.domain.errors import GatewayError
from llm_gateway.wire.format import ErrorBody, ReadAnswer, ReadRequest, StreamReader
from llm_gateway.wire.gemini import errors
from llm_gateway.wire.gemini.answer import read_counted, read_embedded, read_generated
from llm_gateway.wire.gemini.read import read_count, read_embed, read_generate
from llm_gateway.wire.gemini.stream import GenerateArrayReader, GenerateStreamReader


class GeminiGenerate:
    """generateContent, and streamGenerateContent as server-sent events."""

    surface = "gemini.generate"
    refuses = True

    def read_request(self, body: Any) -> ReadRequest:
        return read_generate(body)

    def read_answer(self, body: Any) -> ReadAnswer:
        return read_generated(body)

    def stream_reader(self) -> StreamReader:
        return GenerateStreamReader()

    def error(self, error: GatewayError, request_id: str) -> ErrorBody:
        return errors.error(error, request_id)

    def stream_error(self, error: GatewayError, request_id: str) -> bytes:
        return errors.sse(errors.envelope(error, request_id))

    def refusal(self, message: str, request_id: str, model: str, created: int) -> bytes:
        return orjson.dumps(errors.refusal(message, request_id, model))

    def stream_refusal(
        self, message: str, request_id: str, model: str, created: int, *, started: bool
    ) -> bytes:
        return errors.sse(errors.refusal(message, request_id, model))


class GeminiGenerateArray(GeminiGenerate):
    """streamGenerateContent as one JSON array. Its endings close the array, so that it can be parsed."""

    def stream_reader(self) -> StreamReader:
        return GenerateArrayReader()

    def stream_error(self, error: GatewayError, request_id: str) -> bytes:
        return b",\r\n" + orjson.dumps(errors.envelope(error, request_id)) + b"\r\n]"

    def stream_refusal(
        self, message: str, request_id: str, model: str, created: int, *, started: bool
    ) -> bytes:
        return (
            (b",\r\n" if started else b"[")
            + orjson.dumps(errors.refusal(message, request_id, model))
            + b"\r\n]"
        )


class GeminiCountTokens(GeminiGenerate):
    """countTokens. Its answer is a number and cannot say no."""

    surface = "gemini.count_tokens"
    refuses = False

    def read_request(self, body: Any) -> ReadRequest:
        return read_count(body)

    def read_answer(self, body: Any) -> ReadAnswer:
        return read_counted(body)

    def refusal(self, message: str, request_id: str, model: str, created: int) -> bytes:
        return b'{"totalTokens":0}'


class GeminiEmbed(GeminiGenerate):
    """embedContent and batchEmbedContents. Their answers are numbers and cannot say no."""

    surface = "gemini.embed"
    refuses = False

    def read_request(self, body: Any) -> ReadRequest:
        return read_embed(body)

    def read_answer(self, body: Any) -> ReadAnswer:
        return read_embedded(body)

    def refusal(self, message: str, request_id: str, model: str, created: int) -> bytes:
        return b'{"embedding":{"values":[]}}'
