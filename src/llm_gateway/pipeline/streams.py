"""A streamed answer: events go out as soon as their text is judged.

WAITING   nothing has gone out; a block or a failure is still an ordinary error answer
FLOWING   events go out; a block or a failure ends the stream in the client's own dialect
CLOSED    the provider's connection is dropped and the record is kept, however it ended
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from llm_gateway.domain.errors import Blocked, GatewayError
from llm_gateway.domain.facts import NO_FACTS
from llm_gateway.domain.finding import Finding
from llm_gateway.domain.keys import BlockStyle
from llm_gateway.domain.record import Outcome
from llm_gateway.domain.text import Direction, Segment
from llm_gateway.domain.verdict import Verdict
from llm_gateway.guard.inspector import placed
from llm_gateway.pipeline.judging import Judging
from llm_gateway.pipeline.masking import Masking
from llm_gateway.pipeline.stream_tools import CallWatch
from llm_gateway.pipeline.window import Replacement, Window
from llm_gateway.ports.upstream import UpstreamAnswer
from llm_gateway.wire.format import StreamEvent, StreamReader

# Detectors whose findings are single words or marked by their own brackets: see guard/holdback.
WORD_DETECTORS = frozenset(("pii", "secrets", "exfiltration", "media"))


class StreamJudge:
    """What the window asks about the texts of one streamed answer."""

    def __init__(self, judging: Judging, masking: Masking, calls: CallWatch | None = None) -> None:
        self._judging = judging
        self._masking = masking
        self._calls = calls

    async def inspect(self, segment: Segment) -> Sequence[Finding]:
        return await self._judging.find_once(Direction.ANSWER, segment)

    def decide(self, segment: Segment, findings: Sequence[Finding]) -> Verdict:
        facts = self._calls.facts if self._calls is not None else NO_FACTS
        return self._judging.decide(Direction.ANSWER, placed(segment, findings), facts)

    def replacements(self, segment: Segment, verdict: Verdict) -> Iterable[Replacement]:
        return self._masking.replacements(segment, verdict)


@dataclass(frozen=True, slots=True)
class Arriving:
    """The provider's answer, who reads it, and how many characters may be held back."""

    answer: UpstreamAnswer
    reader: StreamReader
    holdback: int


class AnswerStream:
    """The body of a streamed reply. `open` must succeed before it is iterated."""

    def __init__(
        self,
        judging: Judging,
        masking: Masking,
        arriving: Arriving,
        finish: Callable[[], Awaitable[None]],
    ) -> None:
        self._judging = judging
        self._exchange = judging.exchange
        self._format = self._exchange.incoming.format
        self._answer = arriving.answer
        self._finish = finish
        self._reader = arriving.reader
        self._calls = CallWatch(judging) if judging.rulebook.watches_tools(Direction.ANSWER) else None
        self._window = self._make_window(judging, masking, arriving.holdback)
        self._pieces = self._run()
        self._first = b""

    async def open(self) -> None:
        """Waits until there is something to send. Raises what goes wrong before that."""
        self._first = await anext(self._pieces, b"")

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._flow()

    async def aclose(self) -> None:
        """The client is gone or served: drops the provider's connection and keeps the record."""
        await self._pieces.aclose()

    def _make_window(self, judging: Judging, masking: Masking, limit: int) -> Window | None:
        rulebook = judging.rulebook
        if rulebook.idle(Direction.ANSWER) and masking.restore is None:
            return None
        words = rulebook.detectors[Direction.ANSWER] <= WORD_DETECTORS
        judge = StreamJudge(judging, masking, self._calls)
        return Window(judge, masking.restore, limit, words=words)

    async def _flow(self) -> AsyncIterator[bytes]:
        if self._first:
            yield self._first
            async for piece in self._pieces:
                yield piece

    async def _run(self) -> AsyncGenerator[bytes, None]:
        started = early = False
        try:
            async for piece in self._judged():
                if piece:
                    started = True
                    yield piece
        except GatewayError as error:
            self._exchange.fail(error)
            early = not started
            if early:
                raise
            yield self._ending(error)
        except Exception as problem:  # a defect of ours; the answer must not look complete
            broken = self._exchange.broke(problem)
            early = not started
            if early:
                raise broken from problem
            yield self._ending(broken)
        except BaseException:
            if self._exchange.outcome is Outcome.ANSWERED:
                self._exchange.outcome = Outcome.DISCONNECTED
            raise
        finally:
            await self._answer.close()
            if not early:
                await self._finish()

    async def _judged(self) -> AsyncIterator[bytes]:
        async for chunk in self._arriving():
            events = self._reader.feed(chunk)
            yield await self._pass(events, final=any(event.last or event.failed for event in events))
        yield await self._pass(self._reader.end(), final=True)

    async def _arriving(self) -> AsyncIterator[bytes]:
        """Chunks, with the time to the first byte noted."""
        start = self._exchange.clock.ticks()
        async for chunk in self._answer.chunks():
            if start:
                self._exchange.provider_wait += self._exchange.clock.ticks() - start
                start = 0.0
            yield chunk

    async def _pass(self, events: Sequence[StreamEvent], *, final: bool) -> bytes:
        """The bytes that may go out after these events. Raises Blocked."""
        for event in events:
            if event.usage is not None:
                self._exchange.usage = event.usage
            if event.failed:
                self._exchange.error = "upstream_error"
                self._exchange.outcome = Outcome.FAILED
        if self._calls is not None:
            events = await self._calls.passed(events, final=final)
        if self._window is None:
            return b"".join(event.raw for event in events)
        for event in events:
            self._window.push(event)
        released = await self._window.release(final=final)
        self._judging.stop_if_blocked(Direction.ANSWER, released.verdict)
        return released.data

    def _ending(self, error: GatewayError) -> bytes:
        """The bytes that end a running stream: never the end of a complete answer."""
        exchange = self._exchange
        if isinstance(error, Blocked) and exchange.block_style is BlockStyle.REFUSAL:
            return self._format.stream_refusal(
                error.message, exchange.id, exchange.model, int(exchange.time), started=True
            )
        return self._format.stream_error(error, exchange.id)
