"""How one target is reached: in the client's own format, or translated into one that its provider speaks.

Generation is translated; what has no counterpart elsewhere (token counts, embeddings) needs a provider
that speaks the client's format.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from llm_gateway.domain.errors import BadRequest
from llm_gateway.domain.text import Path
from llm_gateway.pipeline.counting import CountedReader, asking, asks_for_usage
from llm_gateway.pipeline.exchange import Exchange
from llm_gateway.pipeline.targets import Target
from llm_gateway.providers import BY_ID, Provider, Speaks
from llm_gateway.wire import json_text
from llm_gateway.wire.format import StreamReader
from llm_gateway.wire.formats import FORMATS
from llm_gateway.wire.surfaces import SURFACES, Matched, Operation
from llm_gateway.wire.translation import Translation

# In this order a provider's formats are tried: those that carry most come first.
_PREFERRED = (Speaks.OPENAI_CHAT, Speaks.ANTHROPIC_MESSAGES, Speaks.GEMINI, Speaks.OPENAI_RESPONSES)
_WIRES = {
    Speaks.OPENAI_CHAT: "openai_chat",
    Speaks.OPENAI_RESPONSES: "openai_responses",
    Speaks.ANTHROPIC_MESSAGES: "anthropic_messages",
    Speaks.GEMINI: "gemini_generate",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """The way to one target. `there` is the provider's own surface; `translation` None in the same format."""

    target: Target
    speaks: Speaks
    there: Matched
    translation: Translation | None = None

    def body(self, exchange: Exchange, value: Any, edits: Mapping[Path, str]) -> bytes:
        """What is sent: the client's bytes with the edits, or the same said in the provider's format.

        Raises BadRequest naming the first field that cannot be carried over.
        """
        body = exchange.incoming.body
        raw = json_text.edit(body, value, edits) if edits else body
        if self.translation is None:
            return asking(raw) if self._counts(exchange, value) else raw
        edited = orjson.loads(raw) if edits else value
        written = self.translation.request(edited, model=self.target.model, stream=exchange.streamed)
        exchange.dropped = written.dropped
        return orjson.dumps(written.body)

    def stream_reader(self, exchange: Exchange, value: Any) -> StreamReader:
        """Reads the provider's stream as events of the client's format."""
        if self.translation is None:
            reader = exchange.incoming.format.stream_reader()
            return CountedReader(reader) if self._counts(exchange, value) else reader
        options = value.get("stream_options")
        count = type(options) is dict and options.get("include_usage") is True
        return self.translation.stream_reader(exchange.id, created=int(exchange.time), count=count)

    def _counts(self, exchange: Exchange, value: Any) -> bool:
        provider = BY_ID[self.target.connection.provider]
        return asks_for_usage(exchange, provider, self.speaks, value)

    def answer(self, exchange: Exchange, value: Any) -> bytes | None:
        """The client's body for the provider's answer; None where that is the provider's own.

        Raises UpstreamFailed when it is no answer of the provider's format.
        """
        if self.translation is None:
            return None
        self.there.format.read_answer(value)
        written = self.translation.answer(value, created=int(exchange.time))
        exchange.dropped += written.dropped
        return orjson.dumps(written.body)


def passages(exchange: Exchange, targets: Sequence[Target]) -> Mapping[Target, Passage]:
    """The ways to all targets that can be reached. Raises BadRequest when none can."""
    found = {target: way for target in targets if (way := _passage(exchange, target)) is not None}
    if not found:
        provider = BY_ID[targets[0].connection.provider]
        known = ", ".join(sorted(provider.speaks))
        wanted = exchange.incoming.matched.surface.speaks
        raise BadRequest(
            f"{provider.title} does not speak {wanted}; the provider of this gateway key speaks: {known}.",
            code="format_not_spoken",
        )
    return found


def _passage(exchange: Exchange, target: Target) -> Passage | None:
    matched = exchange.incoming.matched
    provider = BY_ID[target.connection.provider]
    if matched.surface.speaks in provider.speaks:
        return Passage(target, Speaks(matched.surface.speaks), matched)
    if matched.surface.operation is not Operation.GENERATE:
        return None
    speaks = next((one for one in _PREFERRED if one in provider.speaks), None)
    return None if speaks is None else _translated(exchange, target, provider, speaks)


def _translated(exchange: Exchange, target: Target, provider: Provider, speaks: Speaks) -> Passage:
    wire = _WIRES[speaks]
    client = _name(exchange.incoming.matched)
    translation = Translation(client, wire, older_limit=not provider.newer_limit)
    return Passage(target, speaks, _surface(wire, stream=exchange.streamed), translation)


def _name(matched: Matched) -> str:
    """The client's format by name: an array of Gemini's is a format of its own."""
    return next(name for name, wire in FORMATS.items() if wire is matched.format)


def _surface(wire: str, *, stream: bool) -> Matched:
    """The provider's operation that generates, in its own format."""
    surface = next(
        one
        for one in SURFACES
        if one.wire == wire and one.operation is Operation.GENERATE and one.streams in (None, stream)
    )
    return Matched(surface, FORMATS[wire], "", stream)
