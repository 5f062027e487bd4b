"""The calls in a streamed answer, under the rules about tools.

A call to a tool that is not allowed is stopped at its first event, which has the name. Where rules
look into arguments, nothing is sent on from the first piece of a call until the answer is complete:
half a call cannot be judged, and an application cannot use it either.
"""

from collections.abc import Sequence

from llm_gateway.domain.facts import Facts
from llm_gateway.domain.text import Direction
from llm_gateway.pipeline.judging import Judging
from llm_gateway.wire.format import StreamEvent
from llm_gateway.wire.stream_calls import StreamCalls


class CallWatch:
    """Follows the calls of one streamed answer."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging
        self._calls = StreamCalls()
        self._holds = judging.rulebook.reads_arguments(Direction.ANSWER)
        self._held: list[StreamEvent] = []
        self._judged = 0

    @property
    def facts(self) -> Facts:
        """The calls so far."""
        return self._calls.facts()

    async def passed(self, events: Sequence[StreamEvent], *, final: bool) -> Sequence[StreamEvent]:
        """The events that may go on, in order. Raises Blocked."""
        free: list[StreamEvent] = []
        for event in events:
            part = self._calls.add(event.value)
            waits = bool(self._held) or (part and self._holds)
            (self._held if waits else free).append(event)
        if final or not self._holds:
            await self._judge()
        if final:
            free += self._held
            self._held.clear()
        return free

    async def _judge(self) -> None:
        if self._calls.started == self._judged:
            return
        self._judged = self._calls.started
        found = await self._judging.structure(Direction.ANSWER, facts := self.facts)
        verdict = self._judging.decide(Direction.ANSWER, found, facts)
        self._judging.stop_if_blocked(Direction.ANSWER, verdict)
