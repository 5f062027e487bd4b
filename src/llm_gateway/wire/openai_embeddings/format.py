"""The embeddings format as the pipeline uses it. Its answer is numbers: it never streams, nor says no."""

from typing import Any

from llm_gateway.domain.errors import GatewayError
from llm_gateway.wire import openai_errors
from llm_gateway.wire.format import ErrorBody, ReadAnswer, ReadRequest, StreamReader
from llm_gateway.wire.openai_chat.errors import stream_error
from llm_gateway.wire.openai_chat.stream import ChatStreamReader
from llm_gateway.wire.openai_embeddings.read import read_answer, read_request


class OpenAIEmbeddings:
    """OpenAI embeddings."""

    surface = "openai.embeddings"
    refuses = False

    def read_request(self, body: Any) -> ReadRequest:
        return read_request(body)

    def read_answer(self, body: Any) -> ReadAnswer:
        return read_answer(body)

    def stream_reader(self) -> StreamReader:
        """Nothing streams here; should a provider do it all the same, every string is a delta."""
        return ChatStreamReader()

    def error(self, error: GatewayError, request_id: str) -> ErrorBody:
        return openai_errors.error(error, request_id)

    def stream_error(self, error: GatewayError, request_id: str) -> bytes:
        return stream_error(error, request_id)

    def refusal(self, message: str, request_id: str, model: str, created: int) -> bytes:
        return b'{"object":"list","data":[]}'

    def stream_refusal(
        self, message: str, request_id: str, model: str, created: int, *, started: bool
    ) -> bytes:
        return b""
