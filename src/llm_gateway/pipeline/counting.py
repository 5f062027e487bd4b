"""Usage of streamed chat completions, which a provider counts only when asked.

Where the application does not ask, the gateway does, and takes out again what it got for it: the
event with the count, and the `"usage":null` that some providers add to every other event. The
application reads the stream it would have read.

https://platform.openai.com/docs/api-reference/chat/create (stream_options)
"""

import re
from dataclasses import dataclass
from typing import Any

from llm_gateway.pipeline.exchange import Exchange
from llm_gateway.providers import Provider, Speaks
from llm_gateway.wire import json_text
from llm_gateway.wire.format import StreamEvent, StreamReader
from llm_gateway.wire.sse import parse_event

# Quotes inside strings are escaped, so this can only be a member.
_NO_USAGE = re.compile(rb',\s*"usage"\s*:\s*null')


def asks_for_usage(exchange: Exchange, provider: Provider, speaks: Speaks, value: Any) -> bool:
    """Whether the gateway asks for the count that the application did not ask for."""
    return (
        exchange.streamed
        and provider.counts_streams
        and speaks is Speaks.OPENAI_CHAT
        and "stream_options" not in value
    )


def asking(raw: bytes) -> bytes:
    """The request with the question for usage."""
    return json_text.insert_member(raw, "stream_options", {"include_usage": True})


@dataclass(frozen=True, slots=True)
class _Unsent:
    """Implements format.Frame for an event that is for us alone."""

    raw: bytes = b""
    data: bytes = b""

    def with_data(self, data: bytes) -> bytes:
        return b""


class CountedReader:
    """Implements StreamReader: what the provider sends, without what only the gateway asked for."""

    def __init__(self, reader: StreamReader) -> None:
        self._reader = reader

    def feed(self, chunk: bytes) -> list[StreamEvent]:
        return [_quiet(event) for event in self._reader.feed(chunk)]

    def end(self) -> list[StreamEvent]:
        return [_quiet(event) for event in self._reader.end()]


def _quiet(event: StreamEvent) -> StreamEvent:
    value = event.value
    if type(value) is not dict or "usage" not in value:
        return event
    if event.usage is not None and value.get("choices") == []:
        return event._replace(frame=_Unsent(), value=None, deltas=())
    if value["usage"] is None and len(_NO_USAGE.findall(event.frame.data)) == 1:
        raw = event.frame.with_data(_NO_USAGE.sub(b"", event.frame.data))
        rest = {name: member for name, member in value.items() if name != "usage"}
        return event._replace(frame=parse_event(raw), value=rest)
    return event
