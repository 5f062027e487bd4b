"""The state machine over a streamed chat completion; `[DONE]` or an error event ends it.

A channel is the path of its texts, with a choice's or a tool call's own index for its position.
"""

from collections.abc import Iterator
from typing import Any

from llm_gateway.domain.text import Path
from llm_gateway.wire.deltas import Labeller, own_index
from llm_gateway.wire.format import Delta, StreamEvent
from llm_gateway.wire.openai_chat.answer import logprobs_text, read_usage
from llm_gateway.wire.sse import SseEvent
from llm_gateway.wire.stream import SseReader, State

_LABELLER = Labeller(
    frozenset(
        (
            "id",
            "name",
            "object",
            "model",
            "system_fingerprint",
            "service_tier",
            "role",
            "type",
            "finish_reason",
            "native_finish_reason",
            "obfuscation",
            "provider",
        )
    ),
    own_index,
)


class ChatStreamReader(SseReader):
    """Feed bytes, get labelled events."""

    def read_value(self, event: SseEvent, value: dict[str, Any]) -> StreamEvent:
        failed = bool(value.get("error"))
        if failed:
            self.state = State.DONE
        model = value.get("model")
        return StreamEvent(
            event,
            value,
            tuple(_deltas(value)),
            read_usage(value.get("usage")),
            model if type(model) is str else "",
            failed=failed,
            closed=tuple(_closed(value.get("choices"))),
        )


def _deltas(value: dict[str, Any]) -> Iterator[Delta]:
    choices = value.get("choices")
    if type(choices) is not list:
        yield from _LABELLER.pieces(value)
        return
    yield from _LABELLER.pieces({name: child for name, child in value.items() if name != "choices"})
    for at, choice in enumerate(choices):
        channel = ("choices", own_index(choice, at))
        said = choice
        if type(choice) is dict and choice.get("logprobs") is not None:
            yield from _logprobs(choice["logprobs"], (*channel, "logprobs"))
            said = {name: child for name, child in choice.items() if name != "logprobs"}
        yield from _LABELLER.pieces(said, ("choices", at), channel)


def _logprobs(value: Any, channel: Path) -> Iterator[Delta]:
    """Log-probabilities repeat the answer token by token: one text, which cannot be edited."""
    text = logprobs_text(value)
    if text.strip():
        yield Delta(channel, (), text)


def _closed(choices: Any) -> Iterator[Path]:
    for at, choice in enumerate(choices if type(choices) is list else ()):
        if type(choice) is dict and choice.get("finish_reason") is not None:
            yield ("choices", own_index(choice, at))
