"""The stages of an exchange, in order, in one place."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from llm_gateway.domain.errors import Blocked, GatewayError
from llm_gateway.domain.keys import BlockStyle, Connection, GatewayKey
from llm_gateway.domain.record import Outcome
from llm_gateway.domain.text import Direction, Path
from llm_gateway.domain.usage import Usage
from llm_gateway.domain.verdict import Action
from llm_gateway.pipeline.answers import Reached, error_reply, timed, whole_answer
from llm_gateway.pipeline.credentials import authenticate
from llm_gateway.pipeline.exchange import Exchange
from llm_gateway.pipeline.forwarding import (
    headers_for_client,
    provider_key,
    request_for,
    scrubbed,
)
from llm_gateway.pipeline.incoming import Incoming, Reply
from llm_gateway.pipeline.inspection import Inspection
from llm_gateway.pipeline.judging import Judging, Rulebook
from llm_gateway.pipeline.masking import Masking
from llm_gateway.pipeline.passage import Passage, passages
from llm_gateway.pipeline.sending import Sender
from llm_gateway.pipeline.streams import AnswerStream, Arriving
from llm_gateway.pipeline.targets import Target, allowed_model, model_for, route_of, targets_of
from llm_gateway.ports.clock import Clock
from llm_gateway.ports.directory import Directory, Vault
from llm_gateway.ports.pins import MemoryPins, Pins
from llm_gateway.ports.records import RecordSink
from llm_gateway.ports.upstream import Timeouts, Upstream, UpstreamAnswer, UpstreamRequest
from llm_gateway.wire import json_text, models
from llm_gateway.wire.format import ReadRequest
from llm_gateway.wire.surfaces import Operation


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one exchange."""

    json_depth: int
    answer_bytes: int
    holdback: int
    timeouts: Timeouts
    strict_records: bool = False


@dataclass(frozen=True, slots=True)
class Ports:
    """What the pipeline works with. `rulebook` gives the policy that holds for a key right now."""

    directory: Directory
    vault: Vault
    upstream: Upstream
    sink: RecordSink
    clock: Clock
    rulebook: Callable[[GatewayKey | None], Rulebook]
    price: Callable[[str, str, Usage], float | None]
    pins: Pins = field(default_factory=MemoryPins)


@dataclass(frozen=True, slots=True)
class Read:
    """A request that has been read: the client's bytes, their value and their labels."""

    value: Any
    request: ReadRequest
    targets: Sequence[Target]


class Gateway:
    """Takes requests to providers and brings back answers, inspected both ways."""

    def __init__(self, ports: Ports, inspection: Inspection, limits: Limits) -> None:
        self._ports = ports
        self._inspection = inspection
        self._limits = limits
        self._sender = Sender(ports.upstream, ports.clock)

    async def exchange(self, incoming: Incoming) -> Reply:
        """One exchange. Never raises a GatewayError: errors are replies in the client's dialect.

        A reply with a stream must be closed by the caller. Cancelling drops the provider's
        connection and leaves a record of a client that went away.
        """
        exchange = Exchange(incoming, self._ports.clock)
        lists = incoming.matched.surface.operation in (Operation.LIST_MODELS, Operation.GET_MODEL)
        try:
            reply = await (self._model_stages(exchange) if lists else self._stages(exchange))
        except GatewayError as error:
            exchange.fail(error)
            reply = self._refuse(exchange, error)
        except asyncio.CancelledError:
            exchange.outcome = Outcome.DISCONNECTED
            await self._finish(exchange)
            raise
        except Exception as problem:  # noqa: BLE001 - the outermost edge: a defect of ours is a reply too
            reply = self._refuse(exchange, exchange.broke(problem))
        reply = replace(reply, headers={**reply.headers, **exchange.headers()})
        if reply.stream is None:
            await self._finish(exchange)
        return reply

    async def refused(self, incoming: Incoming, error: GatewayError) -> Reply:
        """The reply and the record of a request that failed before its body could be read."""
        exchange = Exchange(incoming, self._ports.clock)
        exchange.fail(error)
        reply = self._refuse(exchange, error)
        await self._finish(exchange)
        return replace(reply, headers={**reply.headers, **exchange.headers()})

    async def _stages(self, exchange: Exchange) -> Reply:
        key = self._authenticate(exchange)
        read = self._read(exchange, key)
        judging = Judging(exchange, self._rulebook(exchange, key), self._inspection, self._ports.pins)
        masking = Masking(judging.rulebook.policy, lambda: self._mask_secret(key))
        edits = await self._inspect(judging, masking, read)
        reached = await self._forward(exchange, read, edits)
        return await self._answer(judging, masking, reached)

    async def _model_stages(self, exchange: Exchange) -> Reply:
        key = self._authenticate(exchange)
        route, connection = route_of(key, self._ports.directory.current)
        exchange.provider, exchange.model = connection.provider, route.model
        exchange.status = 200
        names = route.models or (route.model,)
        matched, owner, created = exchange.incoming.matched, connection.provider, int(key.created_at)
        surface = matched.format.surface
        if matched.surface.operation is Operation.LIST_MODELS:
            body = models.listing(surface, names, owner, created)
        else:
            name = allowed_model(names, matched.model)
            body = models.entry(surface, name, owner, created)
        return Reply(200, {"content-type": "application/json"}, body)

    def _authenticate(self, exchange: Exchange) -> GatewayKey:
        ports = self._ports
        snapshot = ports.directory.current
        exchange.key = authenticate(exchange.incoming.headers, snapshot, ports.vault, exchange.time)
        return exchange.key

    def _read(self, exchange: Exchange, key: GatewayKey) -> Read:
        incoming = exchange.incoming
        snapshot = self._ports.directory.current
        route, connection = route_of(key, snapshot)
        exchange.provider = connection.provider
        value = json_text.parse(incoming.body, max_depth=self._limits.json_depth)
        request = incoming.format.read_request(value)
        exchange.requested_model = incoming.matched.model or request.model
        exchange.streamed = request.stream if incoming.matched.stream is None else incoming.matched.stream
        exchange.model = model_for(route, exchange.requested_model)
        targets = targets_of(route, connection, exchange.model, snapshot)
        exchange.models = tuple(dict.fromkeys(target.model for target in targets))
        return Read(value, request, targets)

    def _mask_secret(self, key: GatewayKey) -> bytes:
        """What placeholders of this key derive from. Comes from the pepper, so it survives restarts."""
        return self._ports.vault.verifier(f"placeholders of {key.kid}", key.pepper_version)

    def _rulebook(self, exchange: Exchange, key: GatewayKey) -> Rulebook:
        rulebook = self._ports.rulebook(key)
        exchange.policy = rulebook.policy.label
        return rulebook

    async def _inspect(self, judging: Judging, masking: Masking, read: Read) -> dict[Path, str]:
        verdict = await judging.judge(Direction.REQUEST, read.request, read.value)
        if verdict.action is not Action.MASK:
            return {}
        return masking.request_edits(read.request.segments, verdict)

    async def _forward(self, exchange: Exchange, read: Read, masks: Mapping[Path, str]) -> Reached:
        incoming, ports = exchange.incoming, self._ports

        ways = passages(exchange, read.targets)

        def make(target: Target) -> UpstreamRequest:
            way = ways[target]
            named = way.translation is None and read.request.model not in ("", target.model)
            edits = {**masks, ("model",): target.model} if named else masks
            body = way.body(exchange, read.value, edits)
            return request_for(incoming, way, ports.vault, body, self._limits.timeouts)

        sent = await self._sender.send(exchange, list(ways), make)
        exchange.provider, exchange.model = sent.target.connection.provider, sent.target.model
        return Reached(sent.answer, ways[sent.target], read.value)

    async def _answer(self, judging: Judging, masking: Masking, reached: Reached) -> Reply:
        exchange, limits, answer, way = judging.exchange, self._limits, reached.answer, reached.way
        exchange.status = answer.status
        if exchange.streamed and _is_stream(way, answer):
            return await self._stream(judging, masking, reached)
        try:
            raw = await timed(exchange, answer, limits.answer_bytes)
        finally:
            await answer.close()
        if answer.status >= 400:
            return error_reply(exchange, reached, raw, self._scrubber(way.target.connection), masking)
        return await whole_answer(judging, masking, reached, raw)

    async def _stream(self, judging: Judging, masking: Masking, reached: Reached) -> Reply:
        exchange, way = judging.exchange, reached.way
        reader = way.stream_reader(exchange, reached.value)
        arriving = Arriving(reached.answer, reader, self._limits.holdback)
        stream = AnswerStream(judging, masking, arriving, self._finisher(exchange))
        await stream.open()
        kind = exchange.incoming.matched.stream_type if way.translation else ""
        return Reply(reached.answer.status, headers_for_client(reached.answer.headers, kind), stream=stream)

    def _finisher(self, exchange: Exchange) -> Callable[[], Awaitable[None]]:
        return lambda: self._finish(exchange)

    def _scrubber(self, connection: Connection) -> Callable[[bytes], bytes]:
        """Cuts the provider key out of error bodies."""
        return lambda body: scrubbed(body, provider_key(connection, self._ports.vault))

    def _refuse(self, exchange: Exchange, error: GatewayError) -> Reply:
        wire, made = exchange.incoming.format, int(exchange.time)
        if isinstance(error, Blocked) and exchange.block_style is BlockStyle.REFUSAL and wire.refuses:
            exchange.status = 200
            if exchange.streamed:
                body = wire.stream_refusal(error.message, exchange.id, exchange.model, made, started=False)
                return Reply(200, {"content-type": exchange.incoming.matched.stream_type}, body)
            body = wire.refusal(error.message, exchange.id, exchange.model, made)
            return Reply(200, {"content-type": "application/json"}, body)
        answer = wire.error(error, exchange.id)
        return Reply(answer.status, {"content-type": "application/json", **answer.headers}, answer.body)

    async def _finish(self, exchange: Exchange) -> None:
        """Keeps the record, once, however the exchange ended."""
        if exchange.recorded:
            return
        exchange.recorded = True
        self._ports.sink.put(exchange.record(self._ports.price))
        if self._limits.strict_records:
            await self._ports.sink.settled()


def _is_stream(way: Passage, answer: UpstreamAnswer) -> bool:
    """Whether the answer comes in pieces; a provider may answer a request for a stream as a whole."""
    if answer.status >= 400:
        return False
    kind = answer.headers.get("content-type", "")
    return kind.startswith("text/event-stream") or way.there.surface.streams is True
